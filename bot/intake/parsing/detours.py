"""Very short commands that no classifier is needed for: skip, go back, repeat, stop and the like."""

from __future__ import annotations

import re

from bot.intake.parsing.ask_names import ask_named
from bot.intake.parsing.parsed import Detour
from bot.intake.parsing.wording import plain

LONGEST = 14
"""Words; anything longer says more than a command and is left to the classifier."""

_BEFORE = r"(?:(?:ok|okay|well|so|um+|er+m?|oh|hi|hello|hey|sorry|please|pls|actually|wait|hang on|hold on|no|yeah|yes|look|right|mate|bruv|listen|just|lets|can we|can i|could i|could we|can you|could you|i want to|i wanna|i need to|id like to|i would like to|id rather|i think ill|ill|im going to|may i|do you mind if i|is it ok if i|let me|want to|need to|is it possible to) )*"
_AFTER = r"(?: (?:please|pls|plz|thanks|thank you|ta|cheers|mate|bruv|now|then|sorry|if thats ok(?:ay)?|if possible|if you can|x+|for now|tbh|really|innit|lol|bro|fam|love|actually|honestly|at the moment|instead|if i can|yeah|ok|okay|today|right now|asap|urgently))*"
_QUESTION = r"(?:(?:this|that|the|it|a|next|last)? ?(?:question|one|bit|part)?)"
_COMMANDS = (
    ("prefer_not_to_say", r"(?:id )?(?:prefer|rather|sooner) (?:not|no)(?: (?:to )?(?:say|answer|tell(?: you)?|share|disclose|talk about (?:it|that|this)|give (?:it|that)|discuss it))?|(?:i )?(?:dont|do not|am not going to|wont|will not|not going to|not gonna) (?:want to |wanna |wish to |feel like |like to |feel comfortable |be )?(?:say(?:ing)?|answer(?:ing)?(?: (?:that|this|it))?|tell(?:ing)?(?: you)?|share|sharing|disclose|talk(?:ing)? about (?:it|that|this)|discuss(?: it| that| this)?|give (?:it|that|you that)(?: out)?)|not (?:comfortable )?(?:saying|answering|telling(?: you)?|sharing)(?: that| this| it)?|thats (?:private|personal|too personal|none of your business|my business)|none of your (?:damn |bloody )?business|(?:too )?(?:private|personal)|mind your own(?: business)?|no comment|pnts|prefer not"),
    ("skip", rf"(?:skip|pass|next(?: (?:question|one|please))?|move on|leave (?:it|that|this)(?: (?:blank|out|empty|for now))?|miss (?:it|this|that)(?: out)?|come back to (?:it|that|this)(?: later)?|not now|later|blank|skip ahead|go to the next(?: (?:one|question))?|dont want to do this (?:one|bit|question))(?: {_QUESTION})?|give it a miss|skip it"),
    ("dont_know", r"(?:i )?(?:really |honestly |just |still )*(?:dunno|(?:dont|do not|didnt|cant|cannot|can not) (?:really |actually |even )?(?:know|remember|no|think of (?:any|it|anything)|say|tell|recall))(?: (?:it|that|them|this|yet|off the top of my head|what to (?:say|put|write)|how to (?:say|answer|explain)(?: it| that| this)?|the answer|my (?:own )?(?:number|postcode|nhs number|date of birth|email|gp)|sorry|any more|anymore|what (?:it|that) is|right now|by heart))*|dunno|idk|iono|no (?:idea|clue)|not (?:really |too |so |quite |100 |very )?sure(?: (?:about (?:that|this|it)|how to (?:answer|say)(?: that| it| this)?|what to (?:say|put)|really))*|unsure|i forget|i forgot|forgot(?: it)?|havent (?:got )?a clue|clueless|im not sure|who knows|couldnt (?:say|tell you)|haven't a scooby|no idea(?: really)?|beats me|hard to say|don ?no|dnt know|duno|i dont have (?:it|that|one)(?: (?:on me|with me|to hand|handy))?|dont have (?:it|that|one)(?: (?:on me|with me|to hand|handy))?"),
    ("ask_why", r"(?:but )?(?:why|y|how come|what for|whats that for|why that|why not|for what|what is (?:it|that|this) for|why(?: (?:do|would|are|is|should|does|did|must|u|you|d you|do u)(?: (?:you|u|they|i|we|it|that|this))?(?: (?:need|want|ask|asking|have to|matter|wanna|require|to|tell|know|got to|give|relevant|important|needed|say|answer|even|keep|have|this|that|it|you|so|personal|for|me|my|all|the|date of birth|number|postcode|name|address|phone|information|info|nosy))*))"),
    ("ask_what_said", r"what (?:have i|did i|i|have i already|have you got|do you have|have you) (?:said|say|tell you|told you|put|given(?: you)?|answered|got|written|write|so far|down|noted)(?: (?:so far|already|before|down|about me|for me|on me|until now|up to now|to you|written|noted))*|(?:read|show|see)(?: me)?(?: (?:it|that|what|everything|all|back|my|the|answers|summary|so far|i|ive|have|said|what ive said|what i said|put|told you|you))*|summary|sum it up|what did i (?:say|tell you|put|answer)(?: (?:so far|before|already|earlier))?|my answers(?: so far)?|recap"),
    ("start_again", r"(?:start|begin) (?:again|over|afresh|from (?:the )?(?:start|beginning|scratch|top)|all over(?: again)?|anew|fresh|a new one|new)|restart|reset|new (?:one|form|conversation|chat)|from the (?:start|beginning|top)|re-?start it|wipe it|clear (?:it|everything|all)|redo (?:it all|everything|all of it)|scrap (?:it|that|everything)(?: and start again)?|do it (?:all )?again from the (?:start|beginning)"),
    ("go_back", r"(?:go|going|take me|move|step|get|went) ?back(?: (?:one|a step|a question|one question|one step|to the (?:last|previous|one before|question before)(?: (?:one|question|answer))?|please|up|1))?|back(?: (?:one|a step|please|up|to the last (?:one|question)|1))?|previous(?: (?:question|one|step))?|last question(?: again)?|undo(?: that| it)?|the (?:question|one) before|(?:i )?want to go back|return to (?:the )?(?:last|previous)(?: (?:one|question))?"),
    ("repeat", r"(?:repeat|say|ask|tell me|send|explain|write|put|read)(?: (?:that|it|this|me|the question|the last (?:one|question|bit)|last question|question|one|your question|to me))?(?: (?:again|one more time|once more|another way|differently|in other words|a different way|simpler|more simply|slower|louder))|repeat(?: (?:that|it|this|the question|question|please|last question|the last (?:one|bit|question)))*|again|come again|pardon(?: me)?|what(?: (?:was|is|s|were) (?:that|the question|your question|it|u asking|you asking|you saying))?|whats the question|what was (?:the|that|your)(?: last)? ?(?:question)?(?: again)?|eh|huh|sorry what|say what|(?:i )?(?:dont|didnt|do not|did not|cant|couldnt) (?:understand|get (?:it|that|this|what you mean|the question)|follow|hear|see|read that|catch that)(?: (?:that|it|you|the question|this|this question|what you mean|what you are asking|what you said|what that means|a word))*|what (?:do|does) (?:you|that|this|it|u) mean|meaning|not clear|unclear|confused|im confused|(?:im )?lost|one more time|which question|can(?:t)? you rephrase|rephrase(?: (?:that|it|the question))?|what are you asking(?: me)?|what do you mean by that|\?+"),
    ("save_for_later", r"(?:save|keep|pause|park|store)(?: (?:it|this|that|my (?:answers|progress|place|spot)|everything|the chat|where i am|what i(?:ve)? (?:said|got|done)))?(?: (?:for )?(?:later|another (?:time|day)|tomorrow|now|and (?:come back|finish|continue)(?: (?:to it|it))?(?: later)?))*|(?:come|coming) back (?:to (?:it|this) )?(?:later|tomorrow|another (?:time|day)|tonight)|(?:finish|continue|carry on|do|complete|resume)(?: (?:it|this|that|the rest))?(?: (?:later|tomorrow|another (?:time|day)|tonight|in the morning|after))(?: on)?|(?:take|have|need)(?: a)? (?:break|pause|breather)|brb|be right back|gtg|g2g|got to go|gotta go|have to go|need to go(?: now)?|i have to go|not now later|remind me later"),
    ("go_online", r"(?:do|finish|complete|continue|carry on|go on|resume|fill|answer|write|type)(?: (?:with|in|out))?(?: (?:it|this|that|these|the rest|the questions|the form|my answers|all (?:of )?this|everything))*(?: (?:with it|in|out))? (?:online|(?:on|over|via|through|by|using|from) (?:my |a |the |your )?(?:web ?(?:site|page|chat)?|internet|computer|laptop|tablet|pc|browser))(?: (?:version|chat|form))?|(?:move|swap|go)(?: (?:this|it|over))*(?: (?:to|on|onto))?(?: (?:the|your))? (?:online|web ?(?:site|page|chat)?)|use (?:the|your) web ?(?:site|page|chat)|(?:is there|do you have|have you got|whats|what is|got|where is)(?: (?:a|an|the|your|any))? (?:web ?(?:site|page|chat|address|link)|link|online (?:form|chat|version|page))(?: (?:for (?:this|it)|to (?:do|finish) (?:this|it)(?: there| online)?|of this|i can (?:use|go to)))?|(?:send|text|give)(?: me)?(?: (?:a|the|your))? (?:web ?)?link(?: (?:to (?:the |your )?(?:web ?(?:site|page|chat)|chat|this|it)|for (?:this|it)))?|(?:the )?web ?(?:site|page|chat)(?: link)?|(?:online|web|link) (?:instead|please|pls|plz)"),
    ("thats_all", r"(?:that(?:s| is|ll be|s about)?|thats about|this is) (?:all|it|everything|the lot|me done|enough|me|about it|all for now|all ive got|all i (?:want|have|got|wanted)(?: to say)?|all really|about everything|all folks)(?: (?:really|i think|for now|now|i have to say|folks|there is|then|to be honest|i want to say|from me|so far|i guess))*|(?:im |i am |i m |all |think im |i think im |ive )?(?:done|finished)(?: (?:now|here|talking|telling|with that|my story|writing|typing))?|nothing (?:else|more)(?: (?:to (?:say|add|tell)|really|now|to it|from me))*|no (?:more|thats all|thats it|nothing else|nothing more|that is all|thats everything|im done|im finished)(?: (?:to (?:say|add)))?|(?:the )?end(?: of story)?|thats all there is|enough(?: now| said)?|nuff said|finito|no more to (?:say|add)|i have nothing (?:else|more)(?: to (?:say|add))?|all done|fin|that will do|thatll do"),
    ("stop", r"stop(?: (?:it|this|that|now|here|asking(?: me)?(?: questions)?|the (?:chat|questions|conversation)|please|everything|all this|texting(?: me)?|messaging(?: me)?|talking|all|chat))*|quit|exit|cancel(?: (?:it|this|everything|that|all))?|end (?:this|it here|the (?:chat|conversation)|chat|conversation|session)|(?:i )?(?:dont|do not) (?:want|wanna) (?:to )?(?:continue with (?:this|it)|answer any ?more(?: questions)?|talk to (?:you|a (?:bot|robot|machine))|chat)(?: (?:now|any ?more))?|no more questions|leave me alone|go away|enough questions|im out|abort|i give up on this|stopall|unsubscribe|forget (?:it|this|that)|never ?mind|nvm|i changed my mind(?: about this)?|close (?:this|chat|the chat)"),
    ("talk_to_human", r"(?:talk|speak|chat|spk|put me through|connect me|transfer me|pass me|get through|put me on)(?: (?:to|with|2))? (?:a |an |some |the |one of (?:the |your )|another |someone |somebody )?(?:real |actual |live |proper |human |actual human |different )?(?:human(?: being)?|person|people|someone|somebody|staff|team|worker|member of staff|advisor|adviser|operator|agent|nurse|doctor|man|woman|professional|therapist|manager|real|one|staff member)?(?: (?:real|human|else|there|instead|who is real|about (?:this|it)|now|on the phone|directly|in person|not a (?:robot|bot|machine)|from the team|in charge|rather than a (?:bot|robot|machine)))*|(?:real |actual |live )?(?:human|person|operator|agent|advisor|adviser|member of staff)(?: being)?|(?:a )?(?:real|actual|live|proper|human) (?:person|human|being)|not (?:a |to a )?(?:bot|robot|machine|computer)|(?:someone|somebody) (?:real|human)|(?:want|need|get me|give me|id like|i want|i need) (?:a |an )?(?:real |actual |live )?(?:human(?: being)?|person|real one)(?: (?:to talk to|to speak to|not a bot|not a robot|not a machine))?|(?:can|could|will|would) (?:someone|somebody|a (?:real )?(?:person|human)|anyone) (?:(?:please )?(?:call|ring|phone|contact|talk to|speak to)) me(?: back)?|(?:is|are) there (?:a |any )?(?:real |actual )?(?:human|person|people|anyone|someone|somebody)(?: (?:real|there|here|i can (?:talk|speak) to|to (?:talk|speak) to|human|at all))*|human"),
)  # fmt: skip
_COMPILED = tuple((intent, re.compile(rf"{_BEFORE}(?:{pattern}){_AFTER}")) for intent, pattern in _COMMANDS)
_CHANGE = re.compile(
    rf"{_BEFORE}(?:change|edit|update|correct|amend|fix|alter|modify|redo|re-?enter|replace|go back (?:to|and change)|switch)(?: (?P<what>.+?))?{_AFTER}"
)
_NO_TARGET = re.compile(
    r"(?:something|an answer|my answers?|one of my answers|it|that|this|what i (?:said|put|wrote)|a (?:thing|bit|line)|some(?: of it| things| answers)?|the (?:last|previous) (?:one|answer|thing|question)|my last answer|things|the answer|details?|my details|answers?|(?:line |number |no )?\d{1,2})"
)
_RESTS_ON = {
    "repeat": frozenset({"what", "lost", "im lost", "confused", "im confused", "again", "eh", "huh"}),
    "stop": frozenset({"never mind", "nevermind", "leave me alone"}),
}
_FEELINGS_ASKS = frozenset({"story", "goals", "needs"})


def find(text: str, *, asked: str | None = None) -> Detour | None:
    """The command that the whole message is, None for anything that might be more. `target` is set for "change my phone number".

    A short command is one at any question, but a feeling ("I'm lost") is none where feelings are told.
    """
    said = plain(text)
    if not said:
        return Detour("repeat") if re.fullmatch(r"[\s?]*\?[\s?]*", text) else None
    if len(said.split()) > LONGEST:
        return None
    change = _CHANGE.fullmatch(said)
    if change and not (change.group("what") is None and asked in _FEELINGS_ASKS):
        return _change(change.group("what"))
    for intent, pattern in _COMPILED:
        if pattern.fullmatch(said):
            if asked in _FEELINGS_ASKS and said in _RESTS_ON.get(intent, frozenset()) and "?" not in text:
                return None
            return Detour(intent)
    return None


def _change(what: str | None) -> Detour | None:
    if what is None or _NO_TARGET.fullmatch(what):
        return Detour("change_answer")
    named = ask_named(what)
    return Detour("change_answer", named) if named else None
