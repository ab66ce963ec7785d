"""Society: the words of background - people, occasions, greetings - and those that are never background."""

_ROLES = """
boss bosses manager managers chief director directors ceo cfo cto coo controller controllers controlling accountant accountants accounting
bookkeeper bookkeeping auditor auditors lawyer lawyers attorney colleague colleagues coworker coworkers team teams intern interns assistant
secretary teacher teachers professor tutor student students friend friends wife husband mother father sister brother daughter son parents
family landlord board management committee council union office marketing finance purchasing logistics people folks guys developer
developers programmer designer analyst analysts investor investors shareholders bank adviser advisor consultant consultants authority
authorities school club association trainer coach supervisor owner owners head department leader lead buyer buyers partner audience
customer-service support-team workmate mate mates trainee apprentice chairman chairwoman chair president treasurer editor journalist staff
successor predecessor deputy
"""
ROLES = frozenset(_ROLES.split())
_OCCASIONS = """
meeting meetings presentation presentations wiki page intranet newsletter audit review reviews report reporting slide slides slideshow deck
conference workshop webinar party event events celebration anniversary interview call board-meeting talk lecture lesson class course
homework assignment thesis paper project budget-talks negotiation negotiations planning forecast budget-round bonus-round round plan closing
documentation archive records files blog website homepage brochure flyer poster notice-board noticeboard handout appointment visit trip
inspection tender bid proposal offer application migration relaunch handover holiday vacation appraisal statement tax-return kick-off
kickoff retrospective standup townhall release check inventory-count stocktaking stocktake list printer laptop computer server disk drive
overview notes folder notebook bonus competition contest campaign mailing magazine article press festival exhibition fair
"""
OCCASIONS = frozenset(_OCCASIONS.split())
_THINGS = """
list printer laptop computer server disk drive files notes folder notebook overview archive records website blog homepage paper statement
documentation check plan round slide slides deck magazine article
"""
EVENTS = OCCASIONS - frozenset(_THINGS.split())
_HAPPENINGS = """
lost broke broken crashed gone missing due starts begins ends coming approaching takes happens scheduled planned postponed tomorrow today
soon burned died
"""
HAPPENINGS = frozenset(_HAPPENINGS.split())
_GREETINGS = """
hi hello hey dear good morning afternoon evening day all team everyone everybody folks there thanks thank thx you very so much a lot in
advance many cheers best kind warm regards greetings wishes bye please sorry sincerely yours ciao ta
"""
GREETINGS = frozenset(_GREETINGS.split())
_LIMITS = """
only except excluding exclude excludes excluded without minus unless but if whether either or instead rather apart besides other others rest
remaining same different distinct unique both neither each every per any none nothing nobody never no not cannot nor n't don't doesn't didn't
isn't aren't wasn't weren't won't can't couldn't shouldn't haven't hasn't hadn't mustn't wouldn't ain't least most more less fewer than over
under above below between before after until till later earlier beyond within first second third last latest newest oldest next previous
top bottom best worst better worse biggest largest smallest highest lowest cheapest longest shortest greatest fewest half twice double once
triple percent percentage share ratio rate average ignore ignores ignoring ignored skip skips skipping skipped omit omits omitted drop drops
dropped leave leaves leaving filter filters filtered limit limits limited restrict restricts restricted include includes included including
count counts counted counting consider considers considered treat treats treated remove removes removed delete deletes deleted cancel
cancelled canceled void valid invalid test tests internal external net gross tax taxes vat open closed paid unpaid active inactive round
rounded rounding sort sorts sorted sorting order ordered rank ranked group groups grouped sum sums summed total totals merge merged join
joined split replace replaced rename renamed convert converted sign negative positive zero blank empty missing duplicate duplicates double
doubles must should shall column columns row rows record records line lines value values entry entries cell cells sheet sheets tab field
fields decimal decimals digit digits date dates chart graph plot diagram weekend weekends weekday weekdays daily weekly monthly quarterly
yearly annual annually hour hours day days week weeks month months quarter quarters year years separate separately alphabetical
descending ascending language english german french spanish instead alone mainly mostly solely exclusively merely
hundred hundreds thousand thousands million millions currency those these ones which whose when
"""
LIMITS = frozenset(_LIMITS.split())
_DEGREES = """
big bigger small smaller large larger high higher low lower long longer short shorter old older new newer recent cheap cheaper expensive
early late young younger heavy light fast slow
"""
DEGREES = frozenset(_DEGREES.split())
_DOINGS = """
make give show list tell send save write store put create build produce generate compute calculate find get take compare check copy move
export download fetch extract pull read open look search draw keep use add append combine collect turn bring change rewrite translate
summarise summarize organize organise arrange pick choose select mark flag fill clean tidy zip pack compress
"""
DOINGS = frozenset(_DOINGS.split())
_WISHES = """
ask asked asks expect expects like need needed needs request requested requests require requires want wanted wants wish wishes
"""
WISHES = frozenset(_WISHES.split())
_PERSONS = """
everybody everyone he he's i i'd i'll i'm i've she she's somebody someone we we'd we'll we're we've
"""
PERSONS = frozenset(_PERSONS.split())
_WHEN = """
by for before until on at to in today tomorrow tonight soon asap urgently badly quickly really morning afternoon evening week next this
hand show present send give discuss talk about with so as possible now rather already and
"""
WHEN = frozenset(_WHEN.split())
_OWNERS = """
a an her his my one our some the their these two your
"""
OWNERS = frozenset(_OWNERS.split())
_REASONS = """
as because since so whereas while
"""
REASONS = frozenset(_REASONS.split())
_COMMANDED = """
, also and can could kindly please then to will would you
"""
COMMANDED = frozenset(_COMMANDED.split())
_HELPS = """
be do help helps make makes mean really save saves spare
"""
HELPS = frozenset(_HELPS.split())
_STATES = """
all annoying confidential enough everything fine great important internal lovely nice ok okay perfect urgent
"""
STATES = frozenset(_STATES.split())
