"""Context: sentences that only tell about the data. They wish for nothing, so nothing of them becomes a step."""

import re
from collections.abc import Collection, Sequence

from arkwright.planner.background import background
from arkwright.planner.mentions import Mention
from arkwright.planner.text import Token, runs

_NOUN = r"(?:files?|data|tables?|exports?|workbooks?|csvs?|logs?|pages?|sites?|websites?|databases?|dates?|spreadsheets?|columns|rows|lines|amounts|shop|company|team|sheets?|stamps|timestamps|people|customers|api|endpoint|service|list)"
_DETERMINER = r"(?:the|our|my|this|that|these|those|both|all|each|every|here)"
_NAMED = r"(?:<in>(?: (?:,|and|&|or) (?:and )?)?)+"
_PHRASE = rf"(?:(?:in |on |at )?(?:{_DETERMINER} )?(?:\w+ ){{0,2}}{_NAMED}(?: ?\( [^)]* \))?)"
_SUBJECT = rf"(?:{_PHRASE}|(?:{_DETERMINER} )(?:\w+ ){{0,2}}{_NOUN}(?: (?:in|of|at|on|from|behind) {_NAMED})?|there|(?:each|every|one) (?:row|line|record|entry))"
_STATES = r"(?:is|are|was|were|has|have|had|contains?|holds?|lists?|shows?|covers?|includes?|comes?|came|belongs?|stores?|records|keeps|describes?|consists?|got|tracks|gives|go|goes|share|there (?:is|are)|we (?:have|keep|store|track|log)|you(?: will|'ll)? find|loads?|uses?)"
_TELLS = re.compile(
    rf"^(?:so |well |ok |hi |hello |and |but |, )*{_SUBJECT} (?:also |all |both |only |just |mostly |basically )*{_STATES}(?: |$)"
)
_OWNS = re.compile(
    rf"^(?:so |well |ok |hi |hello |, )*(?:(?:i|we|you)(?:'ve)? (?:have|got|have got|keep|log|attached|uploaded|put|received|exported|downloaded|will find|'ll find)|here (?:is|are)|attached (?:is|are)|this is|these are) [^?]*{_NAMED}"
    r"|^(?:so |well |ok |hi |hello |, )*(?:we|i|our (?:company|shop|firm|team|office)) (?:sell|rent|run|make|are|am|is|work|own|offer|trade|operate|produce|manage|organi[sz]e)s? "
)
_WISHES = re.compile(
    r"(?<!\S)(?:should|must|need|needs|needed|want|wanted|please|would|could|can|you|let|make|put|sort|sorted|ordered|save|write|create|give|tell|show|list|find|count|counted|compute|calculate|sum|add|remove|drop|ignore|ignored|leave|skip|exclude|only|keep|convert|turn|draw|plot|rename|filter|treat|i'd|not|never|without|how|which|what|who|<out>|rank|build|generate|produce|export|get|extract|to be|compare|merge|join|stack|combine|average|total|group|grouped|missing)(?!\S)"
)
_REMARKS = (
    r"(?:the |all |its |their )?(?:dates?|days|times?|timestamps?)(?: (?:columns?|values|fields))? (?:are|is|come|written|given|stored|look)(?: (?:written|given|stored|in|as|like))*(?: the)?(?: (?:form|format|order|style))? (?:(?:d{1,2}|m{1,2}|y{2,4}|day|month|year|dd|mm|yyyy|yy|iso|european|british|american|us|german) ?(?:[/.-] ?)?){1,3}(?: ?(?:form|format|first|style|order|notation))?",
    r"(?:dates? (?:in |as )?)?(?:day ?/ ?month ?/ ?year|dd ?/ ?mm ?/ ?yyyy|day first|day ?- ?month ?- ?year|mm ?/ ?dd ?/ ?yyyy|month ?/ ?day ?/ ?year)(?: (?:format|dates?|order))?",
    r"(?:it is |it's |is |are |which is |that is )?(?:loaded|rendered|filled(?: in)?|built|generated|drawn|made|created|produced|inserted|shown) (?:\w+ )?(?:by|with|via|through|using|in) (?:a )?(?:javascript|js|script|ajax|the browser|client - side)(?: (?:code|script))?",
    r"(?:it |which |that )?(?:needs?|uses?|requires?) javascript",
    r"(?:and )?(?:there are|it has|it spans|it goes over|it has got|with|over|across|it is|spread over|split over|it's spread over|comes? in|they come in|paged?) (?:several|many|multiple|more than one|a few|some|a number of|\d+|two|three|four|five|six) pages(?: of (?:results|them|it))?",
    r"(?:the (?:api|endpoint|result|list|answer) is |it is |it's |which is )?(?:paged|paginated)",
)
REMARK = re.compile("|".join(rf"(?<!\S)(?:{pattern})(?!\S)" for pattern in _REMARKS))


def context(
    tokens: Sequence[Token], mentions: Sequence[Mention], columns: Collection[str] = (), values: Collection[str] = ()
) -> frozenset[int]:
    """Indices of all tokens in sentences that state how the data are, in remarks about formats and pages, and in background."""
    role = {m.start: m.role for m in mentions}
    words = [("<in>" if role.get(t.start) == "input" else "<out>") if t.kind == "mention" else t.norm for t in tokens]
    found: set[int] = set()
    for sentence in dict.fromkeys(t.sentence for t in tokens):
        inside = [t.index for t in tokens if t.sentence == sentence]
        line = " ".join(words[i] for i in inside)
        if (_TELLS.match(line) or _OWNS.match(line)) and not _WISHES.search(line) and "?" not in line:
            found.update(inside)
    if len(found) == len(tokens):
        return frozenset()
    found.update(index for run in runs(words, REMARK) for index in run)
    return frozenset(found) | background(tokens, columns, values)
