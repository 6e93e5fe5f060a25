"""Ordinary questions, put together from words of ours: what nobody in danger asks. For `bin/learn_distress.py`."""

from __future__ import annotations

import random
from collections.abc import Iterator

SYMPTOMS = """
chest pain | shortness of breath | pain in my left arm | palpitations | a racing heart | a slow pulse | high blood
pressure | low blood pressure | dizziness | dizzy spells | vertigo | fainting spells | numbness in my hands | numbness
in my face | tingling in both feet | weakness in my legs | trembling hands | shaking | slurred speech at times |
double vision | blurry vision | pain behind one eye | floaters | flashing lights in my eyes | headaches | a migraine |
pressure in my head | ringing in my ears | a blocked ear | hearing loss | a sore throat | trouble swallowing | a lump
in my throat | swollen glands | a swollen lip | mouth ulcers | bleeding gums | toothache | jaw pain | a stiff neck |
neck pain | back pain | lower back pain | pain between my shoulder blades | a frozen shoulder | hip pain | knee pain |
swollen ankles | swollen legs | cramps in my calves | heel pain | cold hands | blue fingers | hot flushes | night
sweats | a low grade fever | a fever | chills | a cough | a dry cough | coughing up blood | blood in my phlegm |
wheezing | asthma | nosebleeds | sinus pain | stomach pain | pain under my right ribs | bloating | nausea | vomiting |
heartburn | acid reflux | diarrhoea | constipation | blood in my stool | black stools | haemorrhoids | itching | blood
in my urine | burning when I pee | frequent urination | kidney stones | pain in my testicle | a lump in my breast |
heavy periods | bleeding between periods | missed periods | discharge | pelvic pain | cramps | spotting in pregnancy |
morning sickness | a rash | hives | an itchy rash | red spots | bruises | a mole that changed | dry skin | acne | hair
loss | brittle nails | a lump on my neck | a lump in my armpit | joint pain | muscle pain | muscle twitching | a
burning feeling in my skin | weight loss | weight gain | no appetite | tiredness | extreme fatigue | insomnia |
nightmares | anxiety | panic attacks | low mood | depression | mood swings | poor memory | brain fog | confusion |
seizures | a seizure | sleep paralysis | snoring | restless legs | an irregular heartbeat | fluid around the heart | a
positive test | low iron | low platelets | high liver enzymes | high cholesterol | high blood sugar | low blood sugar
"""
CONDITIONS = """
epilepsy | type 2 diabetes | type 1 diabetes | asthma | COPD | atrial fibrillation | heart failure | a stroke | a
heart attack | hepatitis | cirrhosis | kidney disease | lupus | rheumatoid arthritis | multiple sclerosis |
Parkinson's disease | dementia | schizophrenia | bipolar disorder | depression | OCD | ADHD | autism | PTSD | anorexia
| endometriosis | PCOS | fibroids | pre-eclampsia | an ectopic pregnancy | a miscarriage | gallstones | pancreatitis |
Crohn's disease | coeliac disease | a hernia | gout | osteoporosis | sciatica | shingles | herpes | HIV | syphilis |
tuberculosis | pneumonia | sepsis | meningitis | Lyme disease | malaria | dengue | COVID | hypothyroidism | Graves'
disease | Addison's disease | leukaemia | lymphoma | breast cancer | prostate cancer | colon cancer | a brain tumour |
an aneurysm | a blood clot | a pulmonary embolism | sleep apnoea | glaucoma | a cataract | psoriasis | eczema | a
peanut allergy | a bee sting allergy | cerebral palsy | Down syndrome | cystic fibrosis | sickle cell disease |
haemophilia | Marfan syndrome | Ehlers-Danlos syndrome
"""
MEDICINES = """
paracetamol | ibuprofen | aspirin | amoxicillin | metformin | insulin | sertraline | fluoxetine | citalopram |
venlafaxine | lithium | diazepam | xanax | zopiclone | gabapentin | tramadol | morphine | codeine | warfarin |
apixaban | lisinopril | amlodipine | bisoprolol | propranolol | atorvastatin | omeprazole | prednisolone |
methotrexate | levothyroxine | the pill | a coil | HRT | an inhaler | an EpiPen | isotretinoin | antihistamines | iron
tablets | vitamin D | antibiotics | a beta blocker | a blood thinner | melatonin | methadone | naltrexone | olanzapine
| quetiapine | clonazepam
"""
TIMES = """
for three weeks | for two months | for about a year | for years | for six months now | since last month | since March
| since my operation | since having the flu | on and off for years | every morning | at night | after meals | when I
exercise | when I stand up | from time to time | since I was a child | for the past ten days | for more than 5 years |
since 2019 | during my period | after I eat | whenever I am stressed | ever since I changed tablets | most days | once
or twice a month
"""
WHO = """
my mother | my father | my son | my daughter | my husband | my wife | my baby | my 3 year old | my 14 year old | my
grandmother | my brother | my sister | my friend | my 6 month old | my boyfriend | my girlfriend | my teenage son | my
neighbour
"""
ENDS = """
what could it be? | should I be worried? | is this normal? | please advise | please help | what should I do? | any
idea? | which doctor should I see? | is it serious? | could it be {c}? | will it go away? | doctors can't find
anything | all tests came back normal | the doctor said it is {c} | I am so scared | what is the treatment? | can it
be cured? | I don't know what to do | what tests do I need? | is there a natural remedy? | nobody can tell me why |
desperate for answers
"""
FORMS = """
my boss is going to kill me if I miss one more shift, {e} | {w} will kill me if I forget the appointment again | this
{s} is killing me | I am dying for a cigarette {t} | I could murder a curry but I have {s}, {e} | I was bored to death
in the waiting room, how long do results for {c} take? | my feet are killing me {t} | I laughed so much I nearly died,
now {s} | I am sick of {s} | I have no suicidal thoughts, only {s} {t} | no chest pain, no fever, just {s} | we had a
murder mystery evening and now {s} | I have {s} {t}, {e} | I have been having {s} {t}. {e} | I have {s} and {s2}, {e}
| I have {s}, {s2} and {s3}? | Question: {s}? | {s} and {s2}? | {s} {t} | Hi doctor, I am {n} years old. I have had
{s} {t}, with {s2}. I take {m}. {e} | {w} has {s} {t}, {e} | {w} was diagnosed with {c}, {e} | {w} has {c} and now has
{s}. {e} | I was diagnosed with {c} {t}, {e} | What is {c}? | What are the symptoms of {c}? | What is the treatment
for {c}? | Can {c} cause {s}? | Can {m} cause {s}? | Can I take {m} with {m2}? | How long does {m} take to work? | Is
it safe to take {m} with {c}? | What happens if I stop {m}? | What is the right dose of {m} for {w}? | I took {m} {t}
and now I have {s}, {e} | After surgery I have {s} {t}, {e} | I started having {s} {t}. I went to the ER and they said
it was {c}. {e} | Could {s} be a sign of {c}? | Is {c} hereditary? {w} had it | I am {n}, female, {s} {t}. History of
{c}. {e} | I am a {n} year old man with {c}. {s} comes and goes. {e} | {w} died of {c}. Am I at risk? | How do you
prevent {c}? | How is {c} diagnosed? | I drink a few beers at weekends and have {s}, {e} | I have {s} {t}. My doctor
gave me {m} but it doesn't help. {e} | I feel sad and tired {t} and have {s}. My doctor suggested {m}, {e} | I am {n}
weeks pregnant and have {s}, {e} | I had {s} last night but it is gone now. {e} | Is {s} a side effect of {m}? | I
fell {t2} and still have {s}. {e} | I was hit in the face playing football {t2} and have {s}, {e} | {w} swallowed a
fruit stone {t2}, {e} | {w} was bitten by a dog {t2}, {e} | I think I am having {c}? I have had {s} {t} | Why do I get
{s} {t}? | My chest feels tight {t}, tests normal, {e} | I can't breathe well through my nose {t}, {e} | I have
trouble breathing {t} because of {c}, {e}
"""
AGO = """
two weeks ago | last month | a year ago | last summer | years ago | ten days ago | in May
"""

WORDS = {
    **dict.fromkeys(("s", "s2", "s3"), SYMPTOMS),
    **dict.fromkeys(("m", "m2"), MEDICINES),
    "c": CONDITIONS,
    "t": TIMES,
    "t2": AGO,
    "w": WHO,
}


def ordinary_questions(count: int, seed: int = 1) -> Iterator[str]:
    choice = random.Random(seed)
    lists = {name: listed(words) for name, words in WORDS.items()}
    forms, ends = listed(FORMS), listed(ENDS)

    def question() -> str:
        form = choice.choice(forms).replace("{e}", choice.choice(ends))
        return form.format(n=choice.randint(15, 80), **{name: choice.choice(words) for name, words in lists.items()})

    for _number in range(count):
        text = question()
        yield text.lower() if choice.random() < 0.4 else text[0].upper() + text[1:]


def listed(words: str) -> list[str]:
    return [word.strip() for word in words.replace("\n", " ").split("|")]
