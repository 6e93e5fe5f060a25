"""Ordinary stories as people tell them in a forum, put together from sentences of ours. For `bin/tune_distress.py`."""

from __future__ import annotations

import random
from collections.abc import Iterator

from ordinary_questions import CONDITIONS, MEDICINES, SYMPTOMS, TIMES, listed

OPENINGS = """
Hi everyone, first time posting here. | Hello doctor. | Sorry if this is long. | Not sure this is the right place to
ask. | Hi, hope someone can help me. | Long time reader, first post. | Good evening. | Quick one. | I feel silly for
asking this. | Hi doctor, thank you for your time. | Hello, I am asking for a relative. | So here is my story. | I
searched the forum and found nothing. | I have been putting off asking this. | Please bear with me. | Hey guys. | I
need some advice. | I really need some help with this. | This is driving me crazy. | I am at my wits end with this
one.
"""
PEOPLE = """
I am {n} and work in an office. | I am a {n} year old mum of two. | I am a student, {n}, nonsmoker. | I am {n}, 5 foot
6 and about 11 stone. | I drive a lorry and sit all day. | I am a nurse on night shifts, {n}. | I am a retired
teacher, {n}. | I am {n}, male, no other illnesses that I know of. | I am female, {n}, on {m}. | I am a builder and on
my feet all day. | My dad is {n} and lives with us. | My wife is {n} and normally never ill. | My daughter is 12 and
plays a lot of sport. | My son is 8 and in year three. | I am {n} and the carer for my mother. | I am a software
tester, {n}, and work from home. | My mum is {n} and stubborn about doctors. | I am {n} weeks out from having a baby.
| I had {c} as a child. | I am {n} and quite fit, I swim twice a week.
"""
STORIES = """
Since I got new glasses the floor seems to slope and I feel sick on stairs. The optician says to give it two weeks but
it has been three. | I get a burning patch on the outside of my thigh when I stand in a queue. It goes when I sit. I
bought looser trousers and it is a bit better. | My knee clicks going downstairs and last weekend it swelled after a
long walk. I iced it and by Monday I could bend it again. | I changed washing powder and now have a rash under my arms
that itches at night. Creams from the chemist sting. | Every spring my eyes water so much that people ask if I have
been crying. The drops I used last year do nothing now. | My toddler wakes at five every day no matter when we put him
down. We tried blackout blinds and a later nap and we are all exhausted. | My teenager has spots on her back and will
not go swimming any more. She has used a wash for six weeks with no change. | I had a root canal and the tooth next to
it now aches when I drink tea. The dentist cannot see me until the end of the month. | Since my ankle was in plaster
my calf is thinner than the other one. I do the exercises most days but I limp when I am tired. | I wake with a dry
mouth and a headache and my wife says I snore like a train. I fall asleep on the sofa before the news. | I work nights
and can never sleep in the day, the neighbours have builders in. I have tried ear plugs and a mask. By Friday I cannot
think straight at work. | My hair comes out in handfuls in the shower since the baby was born. My mother says it is
normal but I can see my scalp. | My periods came every 28 days for years and now it is 24, then 35, then 21. I am not
pregnant, I did two tests. | We have been trying for a baby for fourteen months. All our tests are fine and everyone
around us is pregnant, it makes me quite sad. | My blood test says my thyroid is a bit slow but the doctor wants to
wait. I have put on a stone and feel cold when others are in T shirts. | I started going to the gym and my elbow hurts
when I lift a kettle. I rested it for two weeks and it came straight back. | My father keeps turning the television up
and says we mumble. He will not hear of a hearing aid. | My grandmother forgets where she put her purse and blames the
cleaner. She still does the crossword. We do not know how to bring it up with her. | I have an exam in May and my
stomach is in knots every morning. I go to the toilet three times before I leave the house. | I was turned down for a
job that I wanted and have felt flat since. I see my friends and eat well, I just have no drive. | My marriage ended
last year and we share the children. I am mostly all right but Sundays when they leave are hard and I sit and cry a
bit. | My cat died in the spring and I still look for her when I come home. My colleagues think it is silly to be so
upset. | I moved to a new town for work and know nobody. At weekends I talk to nobody but the girl at the till and I
would like to change that. | My boss gives me the work of two people and I lie awake going through lists. My shoulders
are like stone. | I had a panic attack in the supermarket once and now I go when it is quiet. It gets better but I
would like to do it without planning. | I cannot concentrate on anything since I work from home. I open ten things and
finish none, and then I am angry with myself. | My son was told he may be dyslexic. He hates homework and we end up
shouting, and I feel like a bad mother. | My daughter bites her nails until they are sore. She does it while watching
films. We tried a bitter varnish and she licked it off. | My five year old is scared of the dark and comes into our
bed each night. My husband sleeps on the floor by now. | My son has tummy ache on school days and none on Saturdays.
His teacher says he is happy there. | The school says my boy cannot sit still and wants him assessed. At home he
builds models for hours. | My two girls fight all day long. One pulls hair, the other screams, and I count to ten and
then to a hundred. | My teenage son plays games until midnight and will not get up. His marks went down this term and
he says I nag. | My mother in law moved in after her hip operation. She is kind but has views on how I cook, and I
hide in the bathroom for some peace. | My flatmate is messy and it stresses me out. I come home tired and the kitchen
is full of pans. | My neighbour has a dog that barks all night and I have not slept properly in weeks. The council
sent me a form. | My partner and I have not been close since the baby. He is patient about it but I have no desire at
all and I wonder if it is hormones. | I took the pill at ten instead of eight two days running and had a little
bleeding. We were away and I forgot. | I get thrush each time I take antibiotics. The last course was for my teeth and
now it is back again. | I had a coil put in in June and have had a dull ache on one side since. They said they could
see the threads. | I go to the toilet four times a night and it is wearing me out. I stopped tea after six and it made
no odds. | When I laugh or jump I leak a little. I had two large babies and am too embarrassed to go to my exercise
class. | I have piles and the cream is useless. I sit on a cushion at work and told my colleagues it is my back. | I
get heartburn from tomatoes, wine, coffee, basically all I like. I sleep on two pillows. | My stomach blows up after
every meal like a drum. I cut out bread and it was better for a week, then worse. | I came back from holiday with the
runs and it has been nine days on and off. I am eating toast and rice. | I am always hungry since I gave up smoking
and have put on a stone and a half. I am proud of stopping but my clothes do not fit. | I have tried every diet there
is. I lose ten pounds and gain twelve. At the moment I weigh everything and am bored of it. | I was told that I am
nearly diabetic and should lose weight. I do not know where to start, everything I like is on the list. | My
cholesterol is up and they offered me a tablet. I am not keen, my uncle had aches from it. | My blood pressure is 150
at the surgery and 128 at home. The nurse says it is nerves, the doctor wants to treat it. | My heart skips a beat now
and then when I lie on my left side. I had a tracing last year and it was fine. | I get dizzy if I look up to change a
bulb. It lasts ten seconds and I hold on to the wall. | My ears have been blocked since a cold in the new year. It
crackles when I swallow and I hear my own voice. | I hear a hum at night like a fridge, and nobody else does. With the
radio on I do not notice. | I lost my sense of smell after a virus and coffee still smells of burnt rubber. It has
been a year. | I get a migraine the day before my period every month and lose a day at work. Dark room, tablets, bed.
| I have a headache at the back of my head by four o'clock each day. I use two screens and one is off to the side. |
My hands go numb at night and I shake them out of the window side of the bed. I knit a lot, so maybe it is that. | My
thumb hurts when I open jars. My mother had the same at my age and her hands are quite bent now. | I have plantar
fasciitis and the first steps in the morning are like nails. I have insoles, a ball, a splint and no patience left. |
My back went when I picked up a sock. I could not stand straight for two days, now it is stiff but I can drive. | My
shoulder has been frozen for nine months. I cannot do up my bra or reach the top shelf. | My big toe is red and sore
at the side of the nail. I cut it too short before a hike. | I have had a wart on my finger since school. I froze it,
taped it, and burned it, and it waves at me. | My skin is dry as paper every winter and my knuckles crack. I wash my
hands thirty times a day at work. | There are little white bumps under my eyes and make up only makes them worse. | I
go red in the face at the smallest thing, a glass of wine, a warm room, somebody saying my name. | I sweat through my
shirt in meetings and keep my jacket on. I have tried the strong roll on and it burned. | I have a mole that I never
noticed before. It is brown and round and does not change, but my sister says to show it. | I found a lump on my wrist
like a pea. It moves when I press it and does not hurt. | My eyelid has been twitching for a week and it is driving me
mad. Nobody else can see it. | I wear contact lenses and my eyes are red each evening. I have to be honest, sometimes
I nap in them. | My baby is eight weeks and cries from six to ten every evening. We walk up and down the hall and
sing. He is fine the rest of the day. | My baby has cradle cap and my aunt says to use oil, the nurse says leave it. |
My daughter is three and only eats white food. Pasta, bread, yoghurt. She screams if a pea comes near. | My little boy
is not dry at night and he is seven. He wants to go to a sleepover and is worried. | My son's voice has been hoarse
since football season. He shouts a lot. | My daughter has nits for the third time this year. I comb and comb. I am
itching as I write this. | My nephew is staying with us and has hay fever, and his mother gave me three bottles with
no labels. | My mother fell on the ice in January and broke her wrist. It is out of plaster but she will not use that
hand. | My father had his hip done and wants to drive after three weeks. The leaflet says six. | My dad has
Parkinson's and his tablets make him sleepy after lunch. He used to garden all afternoon. | My husband had a small
stroke two years ago and is well, but he gets tearful at adverts. He is embarrassed about it. | My wife starts
chemotherapy next week. She wants to keep working and I would like to know what to have in the house. | My brother has
schizophrenia and is stable on his injection, but he has put on a lot of weight. He does not mind, I do. | My sister
takes {m} for her nerves and wants to come off it because of the weight. Her doctor says slowly. | I have taken {m}
{t} and would like to know if I may have a glass of wine at a wedding. | I was switched from {m} to another brand and
the tablets are a different shape. Since then I have had {s}. | I missed two doses of {m} when we were camping. I took
the next one as normal. | I have been on {m} {t} and have gained weight. My doctor says it is not the tablets. | The
hospital lost my referral and I have rung four times. I sit in a queue with music for an hour and then it cuts off. |
My insurance will not pay for the scan and I do not have that kind of money. I was quoted three different prices. | I
had {s} and they did every test there is and it was all normal. I should be glad, but I want a name for it. | I got a
letter that says "abnormal" and nothing else and the appointment is in three weeks. | I was told I have {c} in a two
minute phone call. I wrote down half of it and now I read things on the internet. | I have {s} and {s2} {t}. Some days
are fine and then it is back as if it had never gone. | It started with {s}, and now there is {s2} too. I keep a diary
but cannot see a pattern. | I had {s} when I was at college and it went by itself. Now it is back and I am older. | My
friend had the same thing and it turned out to be {c}. I know that I should not compare. | Last week I had {s} for an
hour at work and then it went. I had skipped lunch. Since then nothing. | I have had a cough since the office moved to
a new building. At weekends it is gone. | I pulled something in my side when I sneezed and it catches when I turn over
in bed. | I got stung on the foot at the beach and it is itchy and red, a bit like a burn. It was on Tuesday. | I
walked into a glass door and my nose is sore. There is a bruise, no bleeding, I can breathe through both sides. | I
burned my hand on the oven, held it under water, and now there is a blister. It is the size of a coin. | I dropped a
plank on my toe and the nail is black. It throbbed all night and now it is only ugly. | I am due for a vaccination
before a trip and had a bad arm last time. | I am scared of needles and have put off a blood test for a year. I faint
at the sight. | I am afraid of flying and it is my sister's wedding abroad. I have ten weeks. | I have to have a
general anaesthetic and cannot stop thinking about not waking up, although I know that it is rare. | I had an
operation on my hernia three weeks ago and it feels like a rope under the skin. The scar is clean. | I run and get a
stitch at the same place each time, about two miles in. | I am training for a half marathon and my shins hurt. My plan
says to rest, my head says no. | I do not feel old but my body tells me otherwise. I groan when I get up. | I am going
through the change and am hot, cross and awake at three. My poor husband tiptoes around. | I drink four coffees a day
and get the shakes if I skip lunch. | I stopped drinking for a month and sleep worse than before. I had hoped for the
opposite. | I have a glass of wine most evenings and wonder if that is a habit by now. | I have had low moods in
winter for years and bought a lamp. I use it at breakfast. | I started talking therapy and after each session I feel
drained. Is it meant to be like that before it gets better. | I am shy and blush when I have to speak. I turned down a
promotion because of it and am annoyed with myself. | I check the door three times before I leave and have missed a
bus because of it. | I pick the skin around my thumbs when I watch television. They are raw. | I grind my teeth and
have cracked a filling. The guard makes me dribble. | I had a bad dream about work every night this week and wake up
cross with people who did nothing.
"""
ASIDES = """
I eat fairly well and drink plenty of water. | It is not that bad, just always there. | My husband says I worry too
much. | My wife says I should have gone months ago. | Nobody in my family has anything like it. | My mum had {c} so
maybe that is why I worry. | I take {m} and nothing else. | I have no fever. | Money is tight at the moment so I
cannot go private. | I had to take two days off work. | It makes me feel old. | I feel useless because I cannot help
around the house. | I am so tired of it. | It is so annoying. | I cried in the car about it, which is not like me. | I
feel like nobody takes me seriously. | I looked it up and scared myself. | The receptionist was rude. | My doctor is
nice but always in a hurry. | I was given {m} and it did nothing. | I tried heat, ice and a pillow between my knees. |
I bought some things from the chemist and they are a waste of money. | It was worse {t}. | It wakes me up at night. |
At weekends it is better. | I have the scan in two weeks. | I am on the waiting list for physio. | It comes and goes.
| My sister swears by vitamins. | My friends say it is stress. | I do have a lot on at the moment. | We moved house in
the summer and it was chaos. | The kids keep me busy and I forget about it in the day. | I used to be a very active
person. | It started {t}. | I also get {s} sometimes but had that before. | I do not want to waste anyone's time. | I
am a bit embarrassed to ask my own doctor. | I have an appointment but not until next month. | It hurts to press on
it. | I am not depressed, just fed up. | I would rather not take more tablets. | I was always healthy until now. | My
colleague had it and was off for weeks.
"""
ASKED = """
Has anyone had this? | What could it be? | Any tips? | What helped you? | Should I go back to my doctor? | Is this
normal and will it pass? | Thanks for reading. | Which kind of doctor should I ask for? | How long does it take until
it gets better? | Is there anything I can do myself? | I would be grateful for any ideas. | Thank you in advance. |
Please help. | What would you do? | Can it be {c}? | How do I explain it to my doctor? | Is it worth paying for a
test? | Does it need treatment at all? | Am I overreacting? | What should I ask at the appointment? | Do I need to
worry? | please advise asap | what is wrong with me | is there a cure for this
"""


def ordinary_stories(count: int, seed: int = 3) -> Iterator[str]:
    choice = random.Random(seed)
    lists = {
        **dict.fromkeys(("s", "s2"), listed(SYMPTOMS)),
        "m": listed(MEDICINES),
        "c": listed(CONDITIONS),
        "t": listed(TIMES),
    }
    openings, people, stories, asides, asked = map(listed, (OPENINGS, PEOPLE, STORIES, ASIDES, ASKED))
    for _number in range(count):
        parts = [choice.choice(stories)]
        parts += choice.sample(asides, choice.randint(0, 3))
        parts += choice.sample(asked, choice.randint(0, 1))
        if choice.random() < 0.3:
            parts.append(choice.choice(stories))
        choice.shuffle(parts)
        if choice.random() < 0.4:
            parts.insert(0, choice.choice(people))
        if choice.random() < 0.3:
            parts.insert(0, choice.choice(openings))
        text = " ".join(parts).format(
            n=choice.randint(15, 80), **{name: choice.choice(words) for name, words in lists.items()}
        )
        yield as_typed(text, choice)


def as_typed(text: str, choice: random.Random) -> str:
    """As many people type: without capitals, stops, or apostrophes."""
    if choice.random() < 0.5:
        text = text.lower()
    if choice.random() < 0.25:
        text = text.replace(". ", " ").replace(", ", " ")
    if choice.random() < 0.3:
        text = text.replace("'", "").replace("cannot", "cant").replace("do not", "dont").replace("I am", "im")
    return text
