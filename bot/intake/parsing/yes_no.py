"""Yes and no, in the dozens of ways people say them."""

from __future__ import annotations

import re

from bot.intake.parsing.parsed import Parsed
from bot.intake.parsing.wording import plain, tokens

_YES = """y|ye|yea|yeah|yeh|yeahh+|yh|yer|yes+|yess|yep|yup|yup+|yass*|aye|ok|okay|oki|okey|okie( dokie| doke)?|k|kk|sure|sure thing|of course|course|ofc|certainly|absolutely|
definitely|defo|deffo|def|for sure|indeed|correct|right|thats right|that is right|thats correct|true|fine|thats fine|its fine|that is fine|
im fine with that|fine by me|all good|its all good|go on|go on then|go for it|go ahead|carry on|lets go|lets do it|lets do this|alright|alright then|all right|aight|ight|agreed|i agree|
i do|i am|i can|i will|i have|i did|we do|we are|he does|she does|they do|he is|she is|they are|it is|it does|i suppose|i suppose so|suppose so|spose so|i spose|i guess|i guess so|guess so|
i think so|think so|probably|probs|prob|most likely|pretty much|kind of yes|you can|u can|you may|they can|he can|she can|happy to|im happy to|im happy with that|happy with that|happy for you to|im ok with that|im okay with that|
ok with that|no problem|no probs|no worries|not a problem|np|why not|yes i consent|i consent|consent|i give (my )?consent|i accept|accept|approved|please do|do it|do|si|oui|sim|sounds good|
that works|works for me|that would be (good|great|fine|helpful)|id like that|i would like that|i would|id love (that|to)|ready|im ready|bet|say less|yes i do|yes you can|
\U0001f44d|\U0001f44c|✅|✔|\U0001f642|\U0001f64f|\U0001f197|\U0001f4af""".replace("\n", "")
_NO = """n|no|noo+|nope|nah+|naa+h?|na|naw|nay|never|no way|no chance|not really|not rly|not particularly|not at all|absolutely not|definitely not|certainly not|defo not|of course not|course not|
no thanks|no thank you|no ta|nah ta|nah thanks|nah youre (good|alright)|not yet|not now|not at the moment|not atm|not right now|not currently|not today|not this time|i dont|i do not|dont|i am not|im not|
i wont|i will not|i havent|i have not|i didnt|i did not|we dont|he doesnt|she doesnt|they dont|he isnt|she isnt|it isnt|it doesnt|i dont think so|dont think so|i dont believe so|i doubt it|doubt it|
i dont consent|i do not consent|no consent|i refuse|refuse|rather not|id rather not|id rather you didnt|i would rather not|prefer not|id prefer not|i prefer not to|please dont|pls dont|dont do that|false|
incorrect|wrong|thats wrong|not true|thats not right|none|nothing|negative|i disagree|disagree|hell no|leave it|nao|non|
\U0001f44e|❌|\U0001f645|\U0001f6ab""".replace("\n", "")
_BEFORE = r"(?:(?:well|um+|erm*|uh+|oh|so|hmm+|mm+|ah|like|honestly|tbh|lol|haha|hi|hello|i mean|you know what|ok so|yeah so)[ ,.]+)*"
_POLITE = r"please|pls|plz|thanks|thank you|thank god|thank goodness|thankyou|ta|cheers|mate|bruv|bro|fam|blud|love|luv|hun|hon|babe|darling|dear|sir|madam|man|innit|then|tho|though|really|sorry|im afraid|tbh|lol|actually|xx*|xo|i think|i guess|i suppose"
_AFTER_YES = rf"(?:[ ,.!]+(?:{_POLITE}|thats (?:fine|ok|okay|right|correct)|of course|course|sure|absolutely|definitely|go on|go ahead|no problem|no worries|ok|okay|i do|i am|i can|i would|you can|u can|\U0001f642|\U0001f44d|\U0001f64f|\U0001f44c))*"
_AFTER_NO = rf"(?:[ ,.!]+(?:{_POLITE}|of course|course|absolutely|definitely|ok|okay|thats (?:right|correct)|\U0001f642|\U0001f64f|\U0001f44e))*"
_YES_ALL = re.compile(rf"{_BEFORE}(?:{_YES})(?:[ ,.!]+(?:{_YES}))*{_AFTER_YES}")
_NO_ALL = re.compile(rf"{_BEFORE}(?:{_NO})(?:[ ,.!]+(?:{_NO}))*{_AFTER_NO}")
_YES_START = re.compile(
    r"(?:yes+|yeah|yea|yep|yup|yh|ye|ya|aye|sure|of course|ok|okay|definitely|absolutely)\b(?![ ,]+(?:no|nah|right)\b)"
)
_NO_START = re.compile(
    r"(?:no|nope|nah|never|not really|not at all|not yet)(?=[ ]?[,.!;:-]"
    r"|[ ](?:i|im|ive|id|ill|its|it|my|we|were|he|she|they|hes|shes|theyre|not|never|dont|do not|because|cos|coz|since|as|sorry|just|only|still|actually|that|thats|this|please|really|nobody|nothing|thanks|thank|but|although)\b)"
    r"(?![ ,]+(?:yes|yeah|wait)\b)"
)
_HEDGE = re.compile(
    r"\b(?:dunno|dont know|do not know|not sure|no idea|no clue|idk|maybe|depends|unsure|might|not certain|yes and no|sometimes|sort of|kind of|kinda|half and half|why|what|who|how)\b"
)
_GO_AHEAD = re.compile(r"\b(?:go ahead|go on|carry on|of course|sure|thats fine|its fine|you can)\b")
_RISK = re.compile(r"\b(?:die|dying|dead|kill\w*|suicid\w*|end (?:it|my life)|overdos\w*|hurt\w*|harm\w*|cut\w*)\b")
_TURN = re.compile(r"\b(?:but|however|except|although|unless|only if|actually no|actually yes)\b")


def parse(text: str) -> Parsed | None:
    """True or False; None for "maybe", "dunno", "yes and no", a question back, or anything else.

    "yes, since 2019" is a yes that is not complete: there is more in the message than the answer.
    """
    said = plain(text)
    if not said or "?" in text:
        return None
    for pattern, value in ((_NO_ALL, False), (_YES_ALL, True)):
        if pattern.fullmatch(said):
            return Parsed(value, text.strip())
    if _HEDGE.search(said) or len(tokens(text)) > 40:
        return None
    for pattern, value in ((_NO_START, False), (_YES_START, True)):
        if pattern.match(said):
            turned = _TURN.search(said) or _RISK.search(said) or (not value and _GO_AHEAD.search(said))
            return None if turned else Parsed(value, text.strip(), complete=False)
    return None
