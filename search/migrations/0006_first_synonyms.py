"""The words that people use, and what medicine calls it: the lexicon that a site begins with.

Written for Askwell from general knowledge and copied from no list; under the licence of Askwell. Editors put single
pairs out of use, and add their own, in the admin.
"""

from django.db import migrations

REASON = "Comes with Askwell"
# What people say, and what it is called; of spellings, the American and the British.
PAIRS = """
heart attack | myocardial infarction
heart attack | coronary thrombosis
chest pain from the heart | angina
irregular heartbeat | arrhythmia
skipped heartbeat | ectopic beat
racing heart | tachycardia
fast heartbeat | tachycardia
slow heartbeat | bradycardia
pounding heart | palpitation
heart flutter | palpitation
weak heart | heart failure
leaky valve | valve regurgitation
heart murmur | cardiac murmur
high blood pressure | hypertension
low blood pressure | hypotension
hardened arteries | atherosclerosis
clogged arteries | atherosclerosis
high cholesterol | hypercholesterolaemia
high cholesterol | hyperlipidaemia
blood clot | thrombosis
blood clot in the leg | deep vein thrombosis
blood clot in the lung | pulmonary embolism
deep vein thrombosis | DVT
poor circulation | peripheral arterial disease
swollen veins | varicose veins
spider veins | telangiectasia
blood thinner | anticoagulant
water tablet | diuretic
water pill | diuretic
fainting | syncope
blackout | syncope
stroke | cerebrovascular accident
mini stroke | transient ischaemic attack
mini stroke | TIA
bleeding in the brain | intracerebral haemorrhage
twitching | fasciculation
muscle twitch | fasciculation
eyelid twitch | myokymia
muscle jerk | myoclonus
sleep jerk | hypnic jerk
shaking | tremor
trembling | tremor
restless legs | Willis-Ekbom disease
pins and needles | paraesthesia
tingling | paraesthesia
numbness | hypoaesthesia
nerve pain | neuropathy
nerve pain | neuralgia
nerve damage | neuropathy
trapped nerve | radiculopathy
pinched nerve | radiculopathy
slipped disc | herniated disc
slipped disc | prolapsed disc
pain down the leg | sciatica
convulsion | seizure
dizziness | vertigo
room spinning | vertigo
crystals in the ear | benign paroxysmal positional vertigo
benign paroxysmal positional vertigo | BPPV
memory loss | amnesia
facial droop | facial palsy
light hurts my eyes | photophobia
shingles pain | postherpetic neuralgia
brain swelling | encephalitis
motor neurone disease | amyotrophic lateral sclerosis
motor neurone disease | ALS
multiple sclerosis | MS
trouble sleeping | insomnia
sleepless | insomnia
stopping breathing in sleep | sleep apnoea
sleepwalking | somnambulism
grinding teeth | bruxism
teeth grinding | bruxism
post-natal depression | postpartum depression
nervousness | anxiety
manic depression | bipolar disorder
obsessive compulsive disorder | OCD
post-traumatic stress disorder | PTSD
attention deficit hyperactivity disorder | ADHD
fear of open spaces | agoraphobia
binge and purge | bulimia
stomach ache | abdominal pain
tummy ache | abdominal pain
belly pain | abdominal pain
tummy | abdomen
belly | abdomen
stomach bug | gastroenteritis
stomach flu | gastroenteritis
food poisoning | gastroenteritis
throw up | vomiting
puking | vomiting
vomiting | emesis
feeling sick | nausea
queasy | nausea
loose stools | diarrhoea
loose motions | diarrhoea
trouble pooing | constipation
poo | stool
poop | stool
poo | faeces
black stool | melaena
blood in stool | rectal bleeding
heartburn | acid reflux
acid reflux | gastro-oesophageal reflux
acid reflux | GERD
acid reflux | GORD
indigestion | dyspepsia
bloating | abdominal distension
wind | flatulence
gas | flatulence
farting | flatulence
burping | belching
stomach ulcer | peptic ulcer
stomach ulcer | gastric ulcer
inflamed stomach | gastritis
irritable bowel syndrome | IBS
inflammatory bowel disease | IBD
piles | haemorrhoids
tear in the bottom | anal fissure
itchy bottom | pruritus ani
milk intolerance | lactose intolerance
trouble swallowing | dysphagia
difficulty swallowing | dysphagia
lump in the throat | globus
gallstones | cholelithiasis
inflamed gallbladder | cholecystitis
inflamed pancreas | pancreatitis
yellow skin | jaundice
yellow eyes | jaundice
liver scarring | cirrhosis
liver inflammation | hepatitis
fatty liver | steatosis
worms | threadworm
pinworm | threadworm
threadworm | enterobiasis
peeing | urination
wee | urine
pee | urine
burning when peeing | dysuria
painful urination | dysuria
blood in urine | haematuria
peeing at night | nocturia
wetting the bed | enuresis
bedwetting | enuresis
leaking urine | incontinence
weak bladder | incontinence
bladder infection | cystitis
water infection | urinary tract infection
urinary tract infection | UTI
kidney infection | pyelonephritis
kidney stones | renal calculi
kidney stones | nephrolithiasis
kidney failure | renal failure
chronic kidney disease | CKD
enlarged prostate | benign prostatic hyperplasia
erection problems | erectile dysfunction
impotence | erectile dysfunction
sugar disease | diabetes
sugar diabetes | diabetes mellitus
high blood sugar | hyperglycaemia
low blood sugar | hypoglycaemia
hypo | hypoglycaemia
blood sugar | blood glucose
long-term blood sugar | HbA1c
underactive thyroid | hypothyroidism
overactive thyroid | hyperthyroidism
swollen thyroid | goitre
low sodium | hyponatraemia
low potassium | hypokalaemia
low magnesium | hypomagnesaemia
low calcium | hypocalcaemia
low iron | iron deficiency
lack of water | dehydration
period | menstruation
period pain | dysmenorrhoea
painful period | dysmenorrhoea
heavy period | menorrhagia
missed period | amenorrhoea
bleeding between periods | intermenstrual bleeding
change of life | menopause
hot flush | hot flash
hot flush | vasomotor symptoms
hormone replacement therapy | HRT
premenstrual syndrome | PMS
polycystic ovary syndrome | PCOS
womb | uterus
neck of the womb | cervix
womb lining elsewhere | endometriosis
growth in the womb | fibroid
smear test | cervical screening
pap smear | cervical screening
coil | intrauterine device
morning-after pill | emergency contraception
contraceptive pill | oral contraceptive
birth control | contraception
pregnant | pregnancy
miscarriage | spontaneous abortion
morning sickness | hyperemesis
pregnancy diabetes | gestational diabetes
trouble conceiving | infertility
thrush | candidiasis
yeast infection | candidiasis
vaginal dryness | atrophic vaginitis
painful sex | dyspareunia
breast pain | mastalgia
breast infection | mastitis
shortness of breath | dyspnoea
breathless | dyspnoea
fast breathing | hyperventilation
lung infection | pneumonia
smoker’s cough | chronic bronchitis
smoker’s lung | emphysema
chronic obstructive pulmonary disease | COPD
whooping cough | pertussis
coughing up blood | haemoptysis
collapsed lung | pneumothorax
flu | influenza
common cold | upper respiratory infection
runny nose | rhinitis
runny nose | rhinorrhoea
blocked nose | nasal congestion
stuffy nose | nasal congestion
nosebleed | epistaxis
hay fever | allergic rhinitis
sinus infection | sinusitis
sore throat | pharyngitis
tonsil infection | tonsillitis
lost voice | laryngitis
hoarse | dysphonia
glandular fever | mononucleosis
mono | glandular fever
swollen glands | lymphadenopathy
swollen glands | swollen lymph nodes
ringing in the ears | tinnitus
earache | otalgia
ear infection | otitis
swimmer’s ear | otitis externa
glue ear | otitis media with effusion
hard of hearing | hearing loss
ear wax | cerumen
bad breath | halitosis
dry mouth | xerostomia
mouth ulcer | aphthous ulcer
canker sore | mouth ulcer
cold sore | herpes labialis
gum disease | gingivitis
gum disease | periodontitis
tooth decay | dental caries
cavity | dental caries
pink eye | conjunctivitis
stye | hordeolum
floaters | vitreous floaters
short-sighted | myopia
long-sighted | hyperopia
squint | strabismus
lazy eye | amblyopia
double vision | diplopia
dry eye | keratoconjunctivitis sicca
eye pressure | glaucoma
itching | pruritus
itchy skin | pruritus
hives | urticaria
nettle rash | urticaria
eczema | atopic dermatitis
dandruff | seborrhoeic dermatitis
cradle cap | seborrhoeic dermatitis
pimples | acne
spots on the face | acne
blackheads | comedones
boil | furuncle
skin infection | cellulitis
athlete’s foot | tinea pedis
jock itch | tinea cruris
ringworm | tinea corporis
nail fungus | onychomycosis
fungal nail | onychomycosis
wart | verruca
mole | naevus
age spots | lentigo
bruise | haematoma
hair loss | alopecia
bald | alopecia
excessive sweating | hyperhidrosis
bedsore | pressure ulcer
shingles | herpes zoster
chickenpox | varicella
German measles | rubella
measles | rubeola
head lice | pediculosis
nits | head lice
hand, foot and mouth | coxsackie
slapped cheek | parvovirus
lockjaw | tetanus
blood poisoning | sepsis
fever | pyrexia
high temperature | fever
swelling | oedema
water retention | oedema
tiredness | fatigue
chronic fatigue syndrome | myalgic encephalomyelitis
muscle pain | myalgia
aching muscles | myalgia
charley horse | leg cramp
muscle loss | atrophy
joint pain | arthralgia
inflamed joint | arthritis
worn joint | osteoarthritis
wear and tear of the joints | osteoarthritis
brittle bones | osteoporosis
thin bones | osteoporosis
soft bones | osteomalacia
broken bone | fracture
back pain | lumbago
lower back pain | lumbar pain
tennis elbow | lateral epicondylitis
golfer’s elbow | medial epicondylitis
frozen shoulder | adhesive capsulitis
heel pain | plantar fasciitis
bunion | hallux valgus
housemaid’s knee | bursitis
carpal tunnel | median nerve compression
hunchback | kyphosis
curved spine | scoliosis
tailbone | coccyx
collarbone | clavicle
shoulder blade | scapula
kneecap | patella
shin bone | tibia
breastbone | sternum
gullet | oesophagus
windpipe | trachea
voice box | larynx
tumour | neoplasm
cancer spread | metastasis
blood cancer | leukaemia
chemo | chemotherapy
painkiller | analgesic
paracetamol | acetaminophen
adrenaline | epinephrine
steroid | corticosteroid
coming off steroids | steroid withdrawal
salbutamol | albuterol
sleeping pill | hypnotic
jab | injection
jab | vaccination
jab | vaccine
heart tracing | electrocardiogram
electrocardiogram | ECG
ECG | EKG
heart scan | echocardiogram
camera down the throat | endoscopy
camera test of the bowel | colonoscopy
X-ray | radiograph
emergency room | emergency department
anesthesia | anaesthesia
anemia | anaemia
apnea | apnoea
celiac | coeliac
diarrhea | diarrhoea
edema | oedema
esophagus | oesophagus
feces | faeces
fetus | foetus
goiter | goitre
gynecology | gynaecology
hemoglobin | haemoglobin
hemorrhage | haemorrhage
hemorrhoids | haemorrhoids
leukemia | leukaemia
pediatric | paediatric
tumor | tumour
""".strip().splitlines()


def write(apps, schema_editor):
    synonym = apps.get_model("search", "Synonym")
    pairs = (line.split(" | ") for line in PAIRS)
    synonym.objects.bulk_create(
        [synonym(said=said, called=called, reason=REASON) for said, called in pairs], ignore_conflicts=True
    )


def remove(apps, schema_editor):
    apps.get_model("search", "Synonym").objects.filter(reason=REASON, added_by=None).delete()


class Migration(migrations.Migration):
    dependencies = [("search", "0005_synonyms")]

    operations = [migrations.RunPython(write, remove)]
