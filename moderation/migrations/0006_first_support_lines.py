"""Numbers that public bodies, or those who answer, publish. None of them is checked: a moderator does that on each site."""

from django.db import migrations

DAY_AND_NIGHT = "day and night"
EMERGENCY = {
    "AU": "000", "AT": "112", "BE": "112", "BG": "112", "BR": "192", "CA": "911", "CH": "112", "CL": "131",
    "CO": "123", "CY": "112", "CZ": "112", "DE": "112", "DK": "112", "EE": "112", "ES": "112", "FI": "112", "FR": "112",
    "GB": "999", "GR": "112", "HK": "999", "HR": "112", "HU": "112", "IE": "112", "IL": "101", "IN": "112", "IS": "112",
    "IT": "112", "JP": "119", "KE": "999", "KR": "119", "LT": "112", "LU": "112", "LV": "112", "MT": "112", "MX": "911",
    "NG": "112", "NL": "112", "NO": "113", "NZ": "111", "PH": "911", "PK": "1122", "PL": "112", "PT": "112",
    "RO": "112", "SE": "112", "SG": "995", "SI": "112", "SK": "112", "TR": "112", "UA": "103", "US": "911", "ZA": "112",
}  # fmt: skip
# country, kind, number, who answers, when, languages, page
OTHERS = [
    ("GB", "emergency", "112", "Emergency number", DAY_AND_NIGHT, "", ""),
    ("IE", "emergency", "999", "Emergency number", DAY_AND_NIGHT, "", ""),
    ("IN", "emergency", "108", "Ambulance", DAY_AND_NIGHT, "", ""),
    ("ZA", "emergency", "10177", "Ambulance", DAY_AND_NIGHT, "", ""),
    ("AT", "crisis", "142", "Telefonseelsorge", DAY_AND_NIGHT, "German", "https://www.telefonseelsorge.at/"),
    ("AT", "abuse", "0800 222 555", "Frauenhelpline gegen Gewalt", DAY_AND_NIGHT, "German and others", "https://www.frauenhelpline.at/"),
    ("AT", "child", "147", "Rat auf Draht", DAY_AND_NIGHT, "German", "https://www.rataufdraht.at/"),
    ("AT", "advice", "1450", "Gesundheitsberatung", DAY_AND_NIGHT, "German", "https://www.1450.at/"),
    ("AU", "crisis", "13 11 14", "Lifeline", DAY_AND_NIGHT, "English", "https://www.lifeline.org.au/"),
    ("AU", "abuse", "1800 737 732", "1800RESPECT", DAY_AND_NIGHT, "English", "https://1800respect.org.au/"),
    ("AU", "child", "1800 55 1800", "Kids Helpline", DAY_AND_NIGHT, "English", "https://kidshelpline.com.au/"),
    ("AU", "advice", "1800 022 222", "healthdirect", DAY_AND_NIGHT, "English", "https://www.healthdirect.gov.au/"),
    ("BE", "crisis", "1813", "Zelfmoordlijn", DAY_AND_NIGHT, "Dutch", "https://www.zelfmoord1813.be/"),
    ("BE", "crisis", "0800 32 123", "Centre de Prévention du Suicide", DAY_AND_NIGHT, "French", "https://www.preventionsuicide.be/"),
    ("BE", "abuse", "1712", "1712", "", "Dutch", "https://1712.be/"),
    ("BE", "abuse", "0800 30 030", "Écoute violences conjugales", DAY_AND_NIGHT, "French", "https://www.ecouteviolencesconjugales.be/"),
    ("BE", "child", "102", "Awel", "", "Dutch", "https://www.awel.be/"),
    ("BE", "child", "103", "Écoute-Enfants", "", "French", "https://www.103ecoute.be/"),
    ("BR", "crisis", "188", "CVV", DAY_AND_NIGHT, "Portuguese", "https://cvv.org.br/"),
    ("BR", "abuse", "180", "Ligue 180", DAY_AND_NIGHT, "Portuguese", "https://www.gov.br/mulheres/"),
    ("BR", "child", "100", "Disque 100", DAY_AND_NIGHT, "Portuguese", "https://www.gov.br/mdh/"),
    ("CA", "crisis", "988", "9-8-8 Suicide Crisis Helpline", DAY_AND_NIGHT, "English, French", "https://988.ca/"),
    ("CA", "child", "1-800-668-6868", "Kids Help Phone", DAY_AND_NIGHT, "English, French", "https://kidshelpphone.ca/"),
    ("CH", "crisis", "143", "Die Dargebotene Hand", DAY_AND_NIGHT, "German, French, Italian", "https://www.143.ch/"),
    ("CH", "child", "147", "Pro Juventute", DAY_AND_NIGHT, "German, French, Italian", "https://www.147.ch/"),
    ("DE", "crisis", "0800 111 0 111", "TelefonSeelsorge", DAY_AND_NIGHT, "German", "https://www.telefonseelsorge.de/"),
    ("DE", "crisis", "0800 111 0 222", "TelefonSeelsorge", DAY_AND_NIGHT, "German", "https://www.telefonseelsorge.de/"),
    ("DE", "abuse", "116 016", "Hilfetelefon Gewalt gegen Frauen", DAY_AND_NIGHT, "German and others", "https://www.hilfetelefon.de/"),
    ("DE", "child", "116 111", "Nummer gegen Kummer", "", "German", "https://www.nummergegenkummer.de/"),
    ("DE", "advice", "116 117", "Ärztlicher Bereitschaftsdienst", DAY_AND_NIGHT, "German", "https://www.116117.de/"),
    ("DK", "crisis", "70 201 201", "Livslinien", "", "Danish", "https://www.livslinien.dk/"),
    ("DK", "abuse", "1888", "Lev Uden Vold", DAY_AND_NIGHT, "Danish", "https://levudenvold.dk/"),
    ("DK", "child", "116 111", "BørneTelefonen", DAY_AND_NIGHT, "Danish", "https://bornetelefonen.dk/"),
    ("ES", "crisis", "024", "Línea 024", DAY_AND_NIGHT, "Spanish", "https://www.sanidad.gob.es/linea024/"),
    ("ES", "abuse", "016", "Teléfono 016", DAY_AND_NIGHT, "Spanish and others", "https://violenciagenero.igualdad.gob.es/"),
    ("ES", "child", "116 111", "Fundación ANAR", DAY_AND_NIGHT, "Spanish", "https://www.anar.org/"),
    ("FI", "crisis", "09 2525 0111", "MIELI Kriisipuhelin", DAY_AND_NIGHT, "Finnish", "https://mieli.fi/"),
    ("FI", "abuse", "080 005 005", "Nollalinja", DAY_AND_NIGHT, "Finnish and others", "https://nollalinja.fi/"),
    ("FI", "child", "116 111", "Lasten ja nuorten puhelin", "", "Finnish", "https://www.nuortennetti.fi/"),
    ("FI", "advice", "116 117", "Päivystysapu", DAY_AND_NIGHT, "Finnish, Swedish", "https://www.116117.fi/"),
    ("FR", "crisis", "3114", "Numéro national de prévention du suicide", DAY_AND_NIGHT, "French", "https://3114.fr/"),
    ("FR", "abuse", "3919", "Violences Femmes Info", DAY_AND_NIGHT, "French and others", "https://arretonslesviolences.gouv.fr/"),
    ("FR", "child", "119", "Allô Enfance en Danger", DAY_AND_NIGHT, "French", "https://www.allo119.gouv.fr/"),
    ("GB", "crisis", "116 123", "Samaritans", DAY_AND_NIGHT, "English", "https://www.samaritans.org/"),
    ("GB", "abuse", "0808 2000 247", "National Domestic Abuse Helpline", DAY_AND_NIGHT, "English", "https://www.nationaldahelpline.org.uk/"),
    ("GB", "child", "0800 1111", "Childline", DAY_AND_NIGHT, "English", "https://www.childline.org.uk/"),
    ("GB", "advice", "111", "NHS 111", DAY_AND_NIGHT, "English", "https://111.nhs.uk/"),
    ("IE", "crisis", "116 123", "Samaritans", DAY_AND_NIGHT, "English", "https://www.samaritans.org/ireland/"),
    ("IE", "abuse", "1800 341 900", "Women’s Aid", DAY_AND_NIGHT, "English", "https://www.womensaid.ie/"),
    ("IE", "child", "1800 66 66 66", "Childline by ISPCC", DAY_AND_NIGHT, "English", "https://www.childline.ie/"),
    ("IN", "crisis", "14416", "Tele MANAS", DAY_AND_NIGHT, "Hindi, English and others", "https://telemanas.mohfw.gov.in/"),
    ("IN", "abuse", "181", "Women Helpline", DAY_AND_NIGHT, "", "https://wcd.gov.in/"),
    ("IN", "child", "1098", "Childline", DAY_AND_NIGHT, "", "https://wcd.gov.in/"),
    ("IT", "abuse", "1522", "1522", DAY_AND_NIGHT, "Italian and others", "https://www.1522.eu/"),
    ("IT", "child", "114", "Emergenza Infanzia", DAY_AND_NIGHT, "Italian", "https://www.114.it/"),
    ("KR", "crisis", "109", "109", DAY_AND_NIGHT, "Korean", "https://www.mohw.go.kr/"),
    ("NL", "crisis", "0800-0113", "113 Zelfmoordpreventie", DAY_AND_NIGHT, "Dutch", "https://www.113.nl/"),
    ("NL", "abuse", "0800-2000", "Veilig Thuis", DAY_AND_NIGHT, "Dutch", "https://veiligthuis.nl/"),
    ("NL", "child", "0800-0432", "De Kindertelefoon", "", "Dutch", "https://www.kindertelefoon.nl/"),
    ("NO", "crisis", "116 123", "Mental Helse", DAY_AND_NIGHT, "Norwegian", "https://mentalhelse.no/"),
    ("NO", "abuse", "116 006", "Vold- og overgrepslinjen", DAY_AND_NIGHT, "Norwegian and others", "https://volinjen.no/"),
    ("NO", "child", "116 111", "Alarmtelefonen for barn og unge", DAY_AND_NIGHT, "Norwegian", "https://www.116111.no/"),
    ("NO", "advice", "116 117", "Legevakt", DAY_AND_NIGHT, "Norwegian", "https://www.helsenorge.no/"),
    ("NZ", "crisis", "1737", "1737, Need to talk?", DAY_AND_NIGHT, "English", "https://1737.org.nz/"),
    ("NZ", "abuse", "0800 733 843", "Women’s Refuge", DAY_AND_NIGHT, "English", "https://womensrefuge.org.nz/"),
    ("NZ", "child", "0508 326 459", "Oranga Tamariki", DAY_AND_NIGHT, "English", "https://www.orangatamariki.govt.nz/"),
    ("NZ", "advice", "0800 611 116", "Healthline", DAY_AND_NIGHT, "English", "https://healthify.nz/"),
    ("PL", "crisis", "116 123", "Kryzysowy Telefon Zaufania", "", "Polish", "https://116sos.pl/"),
    ("PL", "abuse", "800 120 002", "Niebieska Linia", DAY_AND_NIGHT, "Polish", "https://www.niebieskalinia.info/"),
    ("PL", "child", "116 111", "Telefon Zaufania dla Dzieci i Młodzieży", DAY_AND_NIGHT, "Polish", "https://116111.pl/"),
    ("PT", "abuse", "800 202 148", "Serviço de Informação a Vítimas de Violência Doméstica", DAY_AND_NIGHT, "Portuguese", "https://www.cig.gov.pt/"),
    ("PT", "child", "116 111", "SOS Criança", "", "Portuguese", "https://iacrianca.pt/"),
    ("PT", "advice", "808 24 24 24", "SNS 24", DAY_AND_NIGHT, "Portuguese", "https://www.sns24.gov.pt/"),
    ("SE", "crisis", "90101", "Självmordslinjen", DAY_AND_NIGHT, "Swedish", "https://mind.se/"),
    ("SE", "abuse", "020-50 50 50", "Kvinnofridslinjen", DAY_AND_NIGHT, "Swedish and others", "https://kvinnofridslinjen.se/"),
    ("SE", "child", "116 111", "Bris", DAY_AND_NIGHT, "Swedish", "https://www.bris.se/"),
    ("SE", "advice", "1177", "1177", DAY_AND_NIGHT, "Swedish", "https://www.1177.se/"),
    ("SG", "crisis", "1767", "Samaritans of Singapore", DAY_AND_NIGHT, "English", "https://www.sos.org.sg/"),
    ("US", "crisis", "988", "988 Suicide & Crisis Lifeline", DAY_AND_NIGHT, "English, Spanish", "https://988lifeline.org/"),
    ("US", "abuse", "1-800-799-7233", "National Domestic Violence Hotline", DAY_AND_NIGHT, "English, Spanish and others", "https://www.thehotline.org/"),
    ("US", "child", "1-800-422-4453", "Childhelp National Child Abuse Hotline", DAY_AND_NIGHT, "English and others", "https://www.childhelphotline.org/"),
    ("ZA", "crisis", "0800 567 567", "SADAG Suicide Crisis Helpline", DAY_AND_NIGHT, "English and others", "https://www.sadag.org/"),
    ("ZA", "abuse", "0800 428 428", "Gender-Based Violence Command Centre", DAY_AND_NIGHT, "", "https://gbv.org.za/"),
    ("ZA", "child", "116", "Childline South Africa", DAY_AND_NIGHT, "", "https://www.childlinesa.org.za/"),
]  # fmt: skip


def write(apps, schema_editor):
    SupportLine = apps.get_model("moderation", "SupportLine")
    lines = [
        SupportLine(country=country, kind="emergency", number=number, name="Emergency number", hours=DAY_AND_NIGHT)
        for country, number in EMERGENCY.items()
    ]
    lines += [
        SupportLine(country=country, kind=kind, number=number, name=name, hours=hours, languages=languages, page=page)
        for country, kind, number, name, hours, languages, page in OTHERS
    ]
    SupportLine.objects.bulk_create(lines, ignore_conflicts=True)


class Migration(migrations.Migration):
    dependencies = [("moderation", "0005_support_lines")]

    operations = [migrations.RunPython(write, migrations.RunPython.noop)]
