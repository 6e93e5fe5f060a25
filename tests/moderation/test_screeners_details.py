"""Which words let others find, call or recognise somebody, and which many digits say nothing of anybody."""

import re

import phonenumbers
import pytest

from accounts.models import User
from forum.desk import Submission
from moderation.details import AT_MOST, Kind, details_in
from moderation.details.phones import is_published, numbers
from moderation.models import SupportLine
from moderation.screeners import details
from tests.moderation.growth import is_even


def found(text: str) -> list[tuple[str, str]]:
    return [(str(kind), text[start:end]) for kind, (start, end) in details_in(text)]


def submission(body: str, *, title: str = "", **author) -> Submission:
    return Submission(kind="answer", author=User(**author), title=title, body=body)


PHONES = [
    "Write or ring me: [+44 7700 900123] please.",
    "[+49 30 901820] is my number",
    "[+1 (212) 555-0123] after six",
    "[00 44 20 7946 0958]",
    "[+91 98765 43210]",
    "[+61491570156]",
    "[+351 912 345 678]",
    "Reach me on [07700 900123]",
    "[020 7946 0958]",
    "my mobile is [07700900123]",
    "[(020) 7946 0958]",
    "[0161 496 0000] any time",
    "[555-123-4567]",
    "[(555) 123-4567]",
    "[212.555.0123]",
    "1 more thing [1-212-555-0123]",
    "[06 12 34 56 78]",
    "[06.12.34.56.78]",
    "[030/901820 12]",
    "[0412 345 678]",
    "[(11) 91234-5678]",
    "[98765 43210]",
    "text me on [612 345 678]",
    "call me, [555-0123]",
    "my phone number is [9123 4567]",
    "whatsapp: [5123 4567]",
    "phone [8123 4567] Singapore",
    "his tel [0 7 7 0 0 9 0 0 1 2 3]",
]
CONTACTS = [
    "[ann.b@example.com]",
    "<[ann+b@mail.example.co.uk]>",
    "[ann (at) example (dot) com]",
    "[ann[at]example[dot]com]",
    "write to [ann at mail dot com] please",
    "[ann.b at gmail.com]",
    "[ann dot b at example dot co dot uk]",
    "[ann AT example DOT com]",
]
ACCOUNTS = [
    "go to https://[wa.me/447700900123]",
    "[t.me/annb] has it",
    "[discord.gg/abc123]",
    "https://www.[instagram.com/annb_85/]",
    "[facebook.com/ann.b.85]",
    "[snapchat.com/add/annb]",
    "[my insta is @ann.b]",
    "[my insta is annb85]",
    "[insta: annb85]",
    "[IG: @annb]",
    "[my snap is annb85]",
    "[my discord is annb#1234]",
    "[add me on snap] if you like",
    "[add me on snap: annb85]",
    "[message me on telegram]",
    "[dm me on instagram]",
    "[find me on facebook] as Ann",
    "[contact me via whatsapp]",
    "[whatsapp me]",
    "[hit me up on kik]",
    "[@annb on twitter]",
    "[my telegram handle is annb]",
    "[IG annb_85]",
    "[snap me at annb85]",
    "[kik: annb85]",
]
PLACES = [
    "I live at [12 Acacia Avenue], Luton",
    "i live at [12 acacia avenue]",
    "[221b Baker Street], London [NW1 6XE]",
    "Flat 4, [12 High Street]",
    "[12 St John's Road]",
    "[1600 Pennsylvania Ave] NW, [Washington, DC 20500]",
    "[742 Evergreen Terrace], [Springfield, IL 62704]",
    "[350 5th Ave]",
    "[Hauptstraße 12], 10115 Berlin",
    "[12 rue de la Paix]",
    "[Calle Mayor 12]",
    "[Via Roma 12]",
    "[Keizersgracht 123]",
    "[PO Box 1234]",
    "my postcode is [sw1a 1aa]",
    "zip code [90210]",
    "near [M1 1AE]",
    "[K1A 0B1], Ottawa",
]
BIRTHS = [
    "born on [12/03/1985]",
    "DOB: [12.03.85]",
    "d.o.b. [12 March 1985]",
    "My date of birth is [March 12, 1985].",
    "date of birth [1985-03-12]",
    "He was born on the [3rd of May 2020] at home",
    "my birthday is [3 may 1990]",
    "[12/03/1985] is my birthday",
    "bday [12-3-85]",
]
RECORDS = [
    "NHS number [943 476 5919]",
    "[943 476 5919]",
    "[9434765919]",
    "my nhs no is [123 456 7890]",
    "SSN [536-90-4399]",
    "[536-90-4399]",
    "social security [536904399]",
    "[AB 12 34 56 C]",
    "national insurance number [AB123456C]",
    "NI number [QQ 12 34 56 C]",
    "driving licence [MORGA657054SM9IJ]",
    "[1EG4-TE5-MK73]",
    "[A123456780]",
    "[2 95 10 99 126 111 93]",
    "[12345678Z]",
    "[X-1234567-L]",
    "[756.9217.0769.85]",
    "[RSSMRA85T10A562S]",
    "[131052-308T]",
    "aadhaar [2341 2341 2346]",
    "BSN [111222333]",
    "medicare card [2123 45670 1]",
    "[390.533.447-05]",
    "MRN [4455667]",
    "hospital number: [A1234567]",
    "My policy number is [HX-998877]",
    "patient id [00123456]",
    "passport [C01X00T47] and passport number [123456789]",
    "member ID [XYZ123456789]",
]
PAYMENTS = [
    "[4111 1111 1111 1111]",
    "[5500-0000-0000-0004]",
    "[378282246310005]",
    "[GB82 WEST 1234 5698 7654 32]",
    "[DE89370400440532013000]",
    "sort code [12-34-56] account number [12345678]",
]


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (kind, text)
        for kind, texts in {
            Kind.PHONE: PHONES,
            Kind.EMAIL: CONTACTS,
            Kind.ACCOUNT: ACCOUNTS,
            Kind.PLACE: PLACES,
            Kind.BIRTH: BIRTHS,
            Kind.RECORD: RECORDS,
            Kind.PAYMENT: PAYMENTS,
        }.items()
        for text in texts
    ],
)
def test_a_detail_is_found_where_it_stands(kind, text):
    """The brackets are not part of the text, where they are not part of an address."""
    marked = text.replace("[at]", "(at)").replace("[dot]", "(dot)")
    expected = re.findall(r"\[([^\]]*)\]", marked)
    assert found(re.sub(r"[\[\]]", "", marked)) == [(kind, detail) for detail in expected]


@pytest.mark.parametrize("region", sorted(phonenumbers.SUPPORTED_REGIONS))
def test_numbers_of_any_country_are_phone_numbers(region):
    number = phonenumbers.example_number(region)
    written = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    assert found(f"It is {written} there.") == [(Kind.PHONE, written)]
    if len(str(number.national_number)) >= 7:
        national = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.NATIONAL)
        assert found(f"my number is {national}") == [(Kind.PHONE, national)]


@pytest.mark.parametrize(
    "text",
    [
        # Doses and values
        "I take 500 mg twice a day, then 2.5 mg/5 ml, 1000mg, 0.5 mg, 40000 IU and 75 mcg.",
        "Amoxicillin 250mg/5ml, 10 ml three times daily for 7 days. 1 000 000 units of penicillin.",
        "0.5 0.25 0.125 0.0625 and 1.25 2.50 3.75 5.00",
        "My blood pressure was 120/80, 130/85, 145/95 and 150/100; today 118/76 118/77 121/80.",
        "120/80 130/85 140/90 in the morning, pulse 72 68 75 80 77",
        "TSH 4.52 mIU/L, T4 12.3, ferritin 9 ng/mL, CRP <5, HbA1c 48 mmol/mol, platelets 150,000-450,000.",
        "WBC 7200, RBC 4500000, PLT 250000, Hb 13.5, ESR 12, glucose 95 101 110 132 99 87.",
        "Peak flow 400 450 500 and 380 420 440. Weight 75 76 74 73. platelets 4 500 000",
        "I took it at 0800 1200 1600 2000 and at 08:00, 12:00, 22:30.",
        "eGFR 58 (2019) 55 (2020) 52 (2021) 49 (2022) 47 (2023)",
        "I walk 10000 steps a day, 2000-2500 kcal, 8-10 hours, 1-2-3 exercises.",
        # Codes and papers
        "ICD-10 G43.909, M54.5, F41.1 and 9-digit codes; SNOMED 73211009; LOINC 718-7; CAS 50-78-2.",
        "See PMID: 31234567, PMC7654321, doi:10.1001/jama.2020.1585 and 10.1016/j.jns.2019.116544.",
        "https://pubmed.ncbi.nlm.nih.gov/31234567/ and NCT01234567; ISBN 978-0-306-40615-7, ISSN 2049-3630.",
        "PubMed id 12345678 and pubmed 23456789",
        "The study in N Engl J Med 2015;372:1234-45 with 12345 people.",
        "https://www.example.org/article/0123456789/07700900123",
        # Dates and years
        "It began on 12/03/2024, was better on 2024-04-01 and came back on 3 May 2024.",
        "Since 12 March 2021 I have had it; operated 01.02.2019, 03.04.2020; scans 2019 2020 2021 2022.",
        "My son was born in 2019. Born at 36 weeks. I was diagnosed on 12/03/1985. She was born early.",
        "Our baby was born by section. The check on 12/05/2024 was fine. Born 3 weeks ago, 7 lb 2 oz.",
        "I was born with it and had surgery on 12/03/1999.",
        "I called the clinic on 12 03 2024 and again on 14 03 2024",
        # Help for everybody
        "Call 112 or 999 now; in the US 911 or 988. Samaritans: 116 123. NHS 111. Text SHOUT to 85258, HOME to 741741.",
        "Childline 0800 1111, call 0800 58 58 58, ring Mind on 0300 123 3393 or Refuge, phone 0808 2000 247.",
        "Call Lifeline 13 11 14, Beyond Blue 1300 22 4636 or Kids Helpline 1800 55 1800.",
        "Call 1-800-799-7233, 1-800-222-1222, (800) 273-8255, 1-800-662-HELP (4357) or +1 800 656 4673.",
        "Telefonseelsorge 0800 111 0 111, 0800 1110222 or +49 800 1110111; poison line 030 19240, call +49 30 19240.",
        "Poisons line Dublin: call 01 809 2166 or +353 1 809 2166. In France 3114, in New Zealand 0800 543 354.",
        "In India call Tele MANAS 14416 or 1800 891 4416, or AASRA on 98204 66726. SADAG 0800 567 567.",
        "My phone died so I called 0800 1111. The nurse told me to call 111, and to text me would be no use.",
        "You can write to jo@samaritans.org. SOS Amitié: call 09 72 39 40 50; Kirkens SOS, call 22 40 00 40.",
        "Papyrus: call 0800 068 4141 or text 07860 039967. Befrienders: call 03-7627 2929 in Kuala Lumpur.",
        "I had the same. Please ring someone: Samaritans 116 123, SANEline 0300 304 7000, Switchboard 0800 0119 100.",
        "In Canada call 1-833-456-4566, the Trevor Project is 866-488-7386, Lifeline in South Africa 0861 322 322.",
        # Addresses that are none
        "B12 2ND DOSE, L4 5 disc, T4 and T3, C5 C6, S1, H1N1, COVID-19, B6 1ST.",
        "5 minutes drive, a 10 mile walk, 2 places, 3 St Johns Wort tablets, 12 Hours later.",
        "I live in Leeds, live on 3 meals a day and am 2 years in a row ill. I live 20 minutes away.",
        "I was at St Thomas' Hospital and in New York. Via my GP 2 weeks ago. Stage 3 CKD.",
        "100 Grams a day, Day 12 Way better. 50 Shades. The first 12 Row exercise",
        "I have lived with it for 12 years on the road and in place of work.",
        # Accounts that are none
        "Thanks @ben, and @member-7k3f2 too. I saw it on facebook and on twitter. I joined a facebook group.",
        "My ig is low, my IgG is 12. My line is sore and leaks. My signal is weak. My snap is broken? The X ray.",
        "My instagram is full of adverts. I read on Instagram that it helps. Look it up at webmd.com.",
        "My tiktok is just cats. He told me on whatsapp that it is fine. My snapchat is not working",
        "at home dot dot dot, and I was at work. Look at nhs dot uk for it.",
        "facebook.com/groups/migraine has more. fb: the place for rumours. Pharmacies at the dot com bubble.",
        "My contact lenses are 8.6 14.2 -2.25. In Japan call 0120 279 338 or 0570 064 556.",
        # Numbers beside words
        "Patient number one. In case 12 of 40 patients. Insurance paid 5000 of 12000. Policy 2020-2021.",
        "Group B strep, chart 3, case 2; member since 2019; hospital 2 days; no. 12345.",
        "The passport office. My health insurance is 250 a month, 3000 a year.",
        "ABC123456, order 1234567890123, model X1234",
        "",
    ],
)
def test_what_says_nothing_of_anybody_is_left_alone(text):
    assert found(text) == []


@pytest.mark.django_db
def test_the_author_hears_which_details_and_what_to_do_and_the_moderator_sees_them():
    body = "Ring me on 07700 900123 or write to ann@example.com."
    (finding,) = details.screen(submission(body, title="Cramps at night"))
    assert (finding.rule, finding.level) == ("personal_details", 3)
    assert finding.for_author == (
        "It seems to have a phone number and an e-mail address in it, so a moderator looks at it first. Leave it out "
        "and it can be published sooner."
    )
    assert finding.for_moderator == "Personal details: a phone number and an e-mail address"
    text = f"Cramps at night\n{body}"
    assert [text[start:end] for start, end in finding.spans] == ["07700 900123", "ann@example.com"]


@pytest.mark.django_db
def test_a_detail_in_a_title_counts():
    (finding,) = details.screen(submission("", title="Ring me on 07700 900123"))
    assert finding.spans == [(11, 23)]


def test_however_long_somebody_is_here_they_are_looked_at_but_not_moderators():
    assert details.screen(submission("ann@example.com", trust=User.Trust.TRUSTED))
    assert not details.screen(submission("ann@example.com", is_moderator=True))


def test_more_lines_can_be_for_everybody():
    text = "Call them on 020 7946 0958."
    assert list(numbers(text)) and not list(numbers(text, published={"442079460958"}))
    assert is_published("+44 20 7946 0958", {"020 7946 0958"})
    assert not is_published("0958", {"442079460958"}) and not is_published("020 7946 0959", {"020 7946 0958"})


@pytest.mark.django_db
def test_the_lines_that_moderators_keep_are_for_everybody():
    body = "Call them on 020 7946 0958, and me on 07700 900123."
    assert len(details.screen(submission(body))[0].spans) == 2
    SupportLine.objects.create(country="GB", kind="crisis", name="Somebody to talk to", number="020 7946 0958")
    (finding,) = details.screen(submission(body))
    assert [f"\n{body}"[start:end] for start, end in finding.spans] == ["07700 900123"]


# Time


HOSTILE = """
0_ 1/ 12- +44_7700_900123_ tel_98765432_x 111_222_3333_ A1_ SW1A_1AA_ 12_Aa_ Aa_ 12_a_ a. a@ @ e(at)e(dot) a_at_ at_
insta: my_insta_is_ x.y/ born_12/ 12_may_ nhs_no_
""".split()


@pytest.mark.parametrize("piece", HOSTILE)
def test_hostile_text_takes_its_length_in_time(piece):
    assert is_even(details_in, piece.replace("_", " "))


def test_of_hundreds_of_details_some_are_enough():
    assert len(details_in("SW1A 1AA " * 400)) == AT_MOST
