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

EVERYDAY = word_set(
    """aargh able abode absolutely accent accept access accident account accounts aches activate activities activity actual add additional adjustments
    adulting advice affairs afford afternoon agency agent ages ahh air alarm alcoholics alerts allow allowance along alot alzheimers amazon america
    american amount amounts anger ankle answer antidepressants antipsychotics anyhow anyways apart apostrophes app apparently appeal apple apply
    appointment appointments apprenticeship area argh argue aripiprazole arrangements arrears arrive arthritis asap asleep ass assessment assignment
    assignments assist assistance asylum atm attorney aunt autistic auto available average avoid awhile baby badly bail bailiffs balance balloons bank
    bare barely basic basically beat beaten beats became become bedbound bedbugs bedsit beef beers belong belongs benefit benzos bereavement bigger      binary bins biometric bisexual bits bladder block boiler book borrow boss bother bottle bottles bought boundaries bowel boy boyfriend brassic break
    breakdown breaks breakup breathe brew bro brown bruh brush budget bugs bullies burn burnt buses calendar calls calmer calories canada cancer cannabis
    cannot cans card cards career carers cares caribbean carpet cars case cash cat catch caught cell centre cereal certain charge charges checkbooks
    checks chemsex cheque chest chicken childhood china choices chores christmas chronic chuck church circumstances citalopram citizenship city claim
    clash class classes clause clear clinic clock close closer closest clothes clozapine club coach cockroaches code codeine coin coke college colour come
    comes comfortable community company complete completely concern confidence confirm conflict constant constantly contract contribute control controls
    conversion convert cook cooker copd corona coronavirus correct cost couch count countries country county couple couples coursework cover covid crappy
    cream create creative credit crime criminal culture cupboard cupboards currencies currency current currently custody customer cuz dads daily damp
    dance danger date deal debit debts decent decide decision define definitely degree delivery dementia denies dentist depend depends deposit depot
    details detox diagnosis differently difficult dinner direct dirt dirty disabilities disability disciplinary discontent discover disease dishes
    disorder disposable dispute disrepair distance divorce doctors dog dollars domain domestic doorway downs drama dread dress drop dude due duties
    dysphoria earlier early ease easy eaten economy edge effects eggs eggshells ehcp elderly electric electricity emotional emotions employer employment
    ends energy enjoy entire epilepsy equal equality equally escape esol especially essay ethnicity europe events everyday everytime everywhere evict
    evidence exam exams exchange exercise expect expire explain express extra extremely face fact factory failure fair fairly fall fallen falls fam fares
    fargo fast fathers fatigue fault fear fears fee feelings fees feet fell fiat fibromyalgia figure fill filthy final finally finance finances financial
    fines finish finishes five fiver fix flatmate flight flip floor focus foodbank football foreign foreigner forms formula forward found four frail
    frankly fraudulent free freedom freeze freezer french fridge friend friends front frozen fuel fun fund funds funny furniture further future gain
    gamble gang gangs garden gas gear gender general generally gets girlfriend given goals goddamn google gotten grades graduate gran grandad
    grandchildren grandkids grandma grandmother grandpa grew grief grieve groceries grocery group groups guitar ha habit haha hai handle happier hardly
    hardship harsh hasnt havnt headache heads heal healthcare healthier healthy hears heart heavily hectic hehe hepatitis hes hide hits hiya hmm hobbies
    hobby holiday holidays homework homophobia honestly hopefully hostel hotel housebound household housework huge hungover husbands hygiene identity
    illegal immigrant important income increase incredibly indecently indefinite independence indoors ingredients inhaler inhalers injury inlaws insane
    insanely insecure insomnia insulin insurance intake interest interesting international internet interview intrusive invisible issues jail japan jewish
    jobs join joint joke jokes jury keeps ketamine kick kidney kinda kinship kitchen kittens knee knives lack lady laid language lately laundry laws
    lawyer lead learn lease leaver leccy legal legs lend letters level library licence lifes limit lines literally lithium liver load loan loans louder
    luggage lunar lunch lung machine mail major makes manage manager marital marriage mastercard mates math mdma meal meals meat medical medications meet
    meetings meh members mess messages meter meth methadone mice milk minutes miss missus mistake misuse mode modern mold mom mortgage mosque mostly mould
    mouldy movies mpg mt music nappies narcotics national nationality near nearby nearest nearly needed needle needles neet negative negatory neglect
    neighbor neighbour nephew nerves network news niece nightmare nights nite noisy noodles noon noone normal note notice nrpf nutritional obviously
    occupational office officer officially oil olanzapine  online options order outback outbreak outcome outdoors outsider overdraft overdue
    overweight owe package page paid pandemic paper papers paperwork parcel parent park parkinsons parole parties party passcode passport paycheck payday
    payment payments pence pension permanent personal personality pet pets physical physically physics pick pile pin pizza places plans playlist plug
    point points politics poorly pork positive possession post postnatal pound pounds power practical practice pressure pretty privacy procedure
    proceedings process progress project projects psychiatrist psychologist psychosis pto pulled purchase purpose quarter queer quetiapine quid quiet race
    racially racism ran rate rats reasonable reasons rebuild receive recent recently recipe reconnect record recourse recovery reduce refuge refugee
    refund refusal register regularly rehab relationship relationships relax relief relies relieve religion rely remain reminder reminders remove rental
    repair repairs replace replacement report request reservations reserve reset respect respite rest restaurant restaurants retrain return review reviews
    ridiculous rings risperidone role roll roof roommate rough round routine runs sadly safety salary sandwich save savings saw scare scares scary
    schedule schizophrenia schools schoolwork score script search season second seems seller semester sent separate serious seriously sertraline set
    settings settle settles several severe sexuality share shelter shes shitty shops short shot shots show shower shows sickle side sigh sign silent
    simple simply since situations skills skin skunk slavery slow small socialise sofa sole solicitor somethings somewhere song soo sooo sore sort soul
    sound source space speaker special specific spell spent spice split spoken sport sports staff stage stairwell stand stands starts state statement step
    stepdad stepmum steps stock stole stolen stomach stops store strange streets stress stresses stroke strong stronger structure struggle student studies
    study sub substance substances subutex suck sucks suffer suggest suggestions suitable summons sup super supervisor supportive surgery survey swings
    switch symptoms table takeaways takes tank task tasks tax taxes teachers teeth telly temple temporary tenancy tenner tent terminally these theyre
    threatens three throw thrown thru thyroid tidy tight timer times timezone tire tires toast todays toddler todo toll tonite tooth toothache total
    totally touch tough toward toxic track trade traffic tramadol transactions transfer transfers transgender transphobia transport trauma travel treat
    treatment treats tribunal tries trip trivia troubles truck true trust turk turkey twenty type types uber ugh ughh uhm unable unblock uncertainty uncle
    uncomfortable understands understood unfairly universal university unpaid unsuitable unwelcome unwind update ups upside urgently urgh usual valium
    verify via violence virtual virus visa visit visitors visits vodka volume volunteer voucher vouchers wages walls walmart warm warrant wash watch
    watches ways weekend weight wells werent weve whatsoever wheelchair whether whisky whisper  windrush wine withdraw withdrawal withdrawl withdrawn
    wonder workload world worries worst write xanax yen yikes yo yum zopiclone"""
)
"""Words common in ordinary messages and in stories of need."""

COMMON = (
    FEELINGS
    | EVERYDAY
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
    "an do go he ola her him ho in may my she so to we will you man na young long lane cross love best fine church wood hill may day black white brown english street little good case law read nice west bird noble head bell blood bank brown burns cash church close cook coin field forward french gamble garden holiday major page park power price short small song speaker spice stock strange temple trust turk walls warm weeks wells winter bond boy christian gay"
)
"""Common words that are real surnames or given names: allowed inside a name of two words or more that is otherwise plainly one."""
