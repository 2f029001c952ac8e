"""English words that are not names: what a name parser must refuse when someone answers a name question with something else.

Words that are also given names (Grace, Hope, Joy, Will, Mark, Rose, May, Faith) are left out on purpose.
"""

from __future__ import annotations

from bot.intake.parsing.wording import word_set

FEELINGS = word_set("""afraid alive alone angry annoyed anxious ashamed awake awful bad better bipolar bored broke broken busy confused crap crazy cross crying dead deaf
    depressed desperate different disabled down drained drowning drunk dying embarrassed empty exhausted fed fine frightened frustrated fuming gutted happy hearing high homeless
    hopeless horrible hungry hurt hurting ill isolated knackered late lonely lost low mad manic married mental miserable moody nervous numb okay old overwhelmed pained panicking paranoid pissed poor
    pregnant psychotic ready raging rubbish sad scared shaking shattered shit shite sick single skint sleepy sober sorry stable stressed struggling stuck suicidal sure terrible
    terrified tired tearful trapped traumatised unemployed unhappy unsafe unsure unwell upset useless vulnerable weak well worn worried worse worthless wrong yelling young good great nice
    cool calm safe okay not-ok knackerd done finished over gay straight trans bi lesbian black white african asian british jamaican nigerian english muslim christian carer mum mother dad father
    nurse worker client patient""")

COMMON = (
    FEELINGS
    | word_set("""a about above abuse abused abusive actually addict address after again against age ago ah ain't aint alcohol all almost already alright also although always am ambulance an and annoying another any anybody
    anymore anyone anything anytime anyway anywhere are aren't arent around arse as ask asked asking at ate attack away back bathroom be because bed been before begin behind being believe benefits best bet
    between big birthday bit bitch bleeding blah blood bloody body born bot both bridge brother bruv but buy by bye call called calling came can cancel can't cant car care caring cause change changed chat check
    child children choose clean coming computer contact continue cope council counselling could couldn't couldnt course crisis cry cut cutting daughter day days debt delete depression did didn't didnt die died
    different dob do doctor does doesn't doesnt doing don't dont door drink drinking drive drug drugs dunno during each eat eating either else email emergency end ending english enough error even ever every everybody everyone
    everything evicted eviction exist exit eyes family far feel feeling feels felt few fight find first flat food for forget forgot form from fuck fucked fucking fuckin full game gave get getting girl give go god goes
    going gone gonna goodbye got gotta gp guess had hadn't half hang hanging happen happened happening happens hard harm has hasn't hate have haven't havent having he head health hear heard hell hello help her here hers
    herself hey hi him himself his hold home hope-less hospital hour hours house housing how hows human hurts husband i i'm i've i'll i'd id idea idiot idk if ignore ill im immediately in info information inside instead into is isn't isnt issue it
    its it's itself ive job joking jump just keep kept key kid kids kill killed killing kind knew know knife landlord last later least leave left less let let's lets letter lie life like line list listen little live lives living loads
    lol long longer look looking lose losing lot lots love made main make making man many matter may-be maybe me mean means medication meds menu message messaging messed might mind mine minute miss-ing missing moment money month months more morning most move moved
    much must my myself name names nan need needs never new next nice night no nobody none nonsense nope nor not nothing now nowhere number numbers of off offline often oh ok old omg on once one only onto open option or other others our out
    outside overdose overdosed own pain panic parents part partner past pay people person phone pills place plan play please plz police possible postcode prefer prison private probably problem problems proper properly provide put question questions quit quite rather
    read real really reason refuse remember rent rented repeat reply restart right ring robot room rope run running said same say saying says scam school see seeing seem seen self send services session she should shouldn't shut sister skip sleep sleeping
    slept smoke so social some somebody somehow someone something sometimes son soon speak speaking spend start started starting status stay still stop stopped stopping story street stuff stupid subscribe such suicide support supposed
    surname system take taken taking talk talking tell tells test text than thank thanks that that's thats the their them themselves then there there's theres they they're thing things think thinking this those though thought
    thoughts through till time to today together told tomorrow tonight too took top tried trouble try trying turn two under understand undo unfortunately until up upon urgent us use used using usually very view voice voices wait waiting
    wake walk wanna want wanted wants warning was wasn't wasnt waste water way we website week weeks weird went were weren't what what's whats whatever when where where's which while who who's whos whole whose why wife will-ing wish with within without woman won't wont
    word words work working works worry worth would wouldn't wouldnt wtf wrong yeah year years yep yes yesterday yet you you're youre your yours yourself zero zzz bugger bollocks wanker twat cunt dick prick piss bastard knob tosser damn
    anonymous unknown nil null undefined na n/a nickname forename middle applicable applicant withheld secret everybody's nobody's stranger sir madam mate babe hun darling
    morir morrer mourir suicidar matar matarme morirme umrzeć murire quiero quero veux ajuda ayuda aide pomocy moriré matarei oi ola hola bonjour salut obrigado obrigada gracias merci no-one nowt summat owt cheers ta
    bed beds bills bill's court drunk drinking therapy therapist counsellor counselor medicine tablets panic attacks flashbacks nightmares ptsd adhd autism anxiety mood moods hearing seeing dark light cold hot weather
    unalive unaliving kms kys sh od'd oded nah nope naw yup ya ye yh yea naah nahh whatevs dunno soz sos ffs smh tbh jumping od ods xan weed crack heroin cocaine bus train trains tube pub shop pharmacy chemist landlord's bye-bye byebye night-night
    referral self-harm self introduce introduction service mh nhs spa slam lambeth london brixton streatham stockwell clapham uk england monday tuesday wednesday thursday friday saturday sunday january february october november december""")
)

ALSO_SURNAMES = word_set(
    "an do go he her him ho in may my she so to we will you man na young long lane cross love best fine church wood hill may day black white brown english street little good case law read nice west bird noble head bell blood"
)
"""Common words that are real surnames or given names: allowed inside a name of two words or more that is otherwise plainly one."""
