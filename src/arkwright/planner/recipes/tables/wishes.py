"""Wishes: the patterns of everyday requests about tables, each with what is made of it."""

from functools import cached_property

from arkwright.planner.lexicon import words
from arkwright.planner.recipes.tables.events import Event
from arkwright.planner.recipes.tables.parse_wishes import Build, Wishes
from arkwright.planner.recipes.tables.slots import match, openings

AUX = "should|must|shall|is|are|to|be|being|has|have|had|come|comes|coming|go|goes|going|stand|stands|standing|put|placed|listed|shown|sit|sits|appear|appears|stay|stays|will|was|were|needs|need|can|may|on"
FIRST = "first|at_the_top|on_top|on_the_top|at_top|top|at_the_head|at_the_beginning|at_the_start|in_first_place|in_front|at_first|up_top|uppermost|leading|in_the_first_row|in_the_first_line|above_all_others|at_the_very_top"
BEGIN = "beginning|starting|begin|begins|start|starts|started|headed|led"
OUT = "left_out|left_away|left_aside|skipped|ignored|excluded|omitted|dropped|removed|disregarded|discarded|out|aside|filtered_out|taken_out|thrown_out|not_counted|deleted"
LEAVE = "skip|ignore|omit|exclude|drop|remove|disregard|discard|leave_out|leave_away|leave_aside|skipping|ignoring|excluding|omitting|dropping|leaving_out|throw_out|filter_out|take_out|without|not_counting|do_not_count|do_not_include|don't_include|don't_count|throw_away"
ADDED = "added_up|summed_up|summed|totalled|totaled|added_together|added|aggregated|sum_up|add_up|adds_up|sums_up|total|add_up_to|adds_up_to|sum_up_to"
LACKING = "without|with_no|that_have_no|which_have_no|who_have_no|having_no|lacking|that_has_no|which_has_no|with_a_missing|with_missing|with_an_empty|with_a_blank|with_blank|with_empty|missing|where_there_is_no|that_lack|w/o|w_/_o"
OWN = "a|an|its|their|one|own|separate|of|single|each"
ENDS_HIGH = "high|low|big|large|small|most|least|few|new|old|long|short|cheap|expensive|early|late|first|last|best|worst|largest|smallest|highest|lowest|biggest|longest|shortest|newest|oldest|earliest|latest|fewest|cheapest|dearest"
TITLE = "title|titel|heading|headline|caption"
ASIDE = "short|brief|little|few|small|proper|nice|a|an|the|some|introductory|opening|of|with|main|key|most|important|one|two"
SAMENESS = "case|capitals|capital|upper|lower|small|letters|letter|upper-case|lower-case|and|or|/|-|capitalisation|capitalization|uppercase|lowercase|punctuation|marks|the|spelling"
CHANGED = "removed|changed|altered|dropped|lost|missing|modified|touched|deleted|renamed|changing|removing|losing|dropping"
ENTRY = "entry|one|row|record|occurrence|line|copy"

Pattern = tuple[str, frozenset[str], Build]


class Patterned(Wishes):
    """The patterns below, tried at each word."""

    def wish(self, i: int) -> Event | None:
        """The first pattern that stands at `i` and makes sense there."""
        for pattern, _, build in (*self._by_word.get(self.w.norm(i), ()), *self._anywhere):
            found = match(self.w, i, pattern)
            event = build(self, i, found) if found else None
            if event is not None:
                return event
        return None

    @cached_property
    def _by_word(self) -> dict[str, tuple[Pattern, ...]]:
        said = set(self.w.norms)
        return {
            word: tuple(PATTERNS[n] for n in places if not PATTERNS[n][1] or PATTERNS[n][1] & said)
            for word, places in _PLACES.items()
            if word in said
        }

    @cached_property
    def _anywhere(self) -> tuple[Pattern, ...]:
        said = set(self.w.norms)
        return tuple(p for p in PATTERNS if openings(p[0]) is None and (not p[1] or p[1] & said))


def _pattern(text: str, build: Build, needs: str = "") -> Pattern:
    return text, words(needs), build


_TOPS = " ".join(p.split("_")[-1] for p in FIRST.split("|"))
PATTERNS: tuple[Pattern, ...] = (
    # what comes first
    _pattern(f"that|which? {BEGIN} with|from|at|by the|that|those|its|their* <sup> <thing>? one|ones?", Wishes.beginning),
    _pattern(f"in|so|where* which|that? <thing>? with|having|of|the|its|their* <sup> <thing>? {AUX}* {FIRST}", Wishes.leads, _TOPS),
    _pattern("the|that|which|only|just* <dim> with|that_has|having|which_has|for_which|where|in_which|when the|we|there|is|was|had|has* <sup> <thing>", Wishes.picked),
    _pattern("the|that|it|should|be|is|which|one* one in_which|where|with|when|for_which the? <thing> is|was|were|of|the|<number>* the? <sup>", Wishes.picked_late),
    _pattern(f"sorted in such a way that the <sup> <thing>? {AUX}* {FIRST}", Wishes.beginning),
    _pattern(f"the|sorted|sort|ordered|order|ranked|arranged|sorting|ordering* by? <thing>? ,? from the|those? {ENDS_HIGH} to the|those? {ENDS_HIGH} <thing>?", Wishes.ends, "to"),
    _pattern("in? the? descending|decreasing|falling|ascending|increasing|rising|reverse order|sequence? of|by|according_to|on the|their* <thing>", Wishes.directed),
    _pattern("<col> desc|asc", Wishes.directed, "desc asc"),
    _pattern("<part> in|by|the|their|calendar|chronological|right|natural|correct* order|sequence", Wishes.in_time, "order sequence"),
    _pattern("in the? order|sequence of the|a* <part>", Wishes.in_time),
    _pattern("chronological|chronologically", Wishes.in_time),
    _pattern("<part> from first to last", Wishes.in_time, "last"),
    _pattern("<part> follow|follows one_another|each_other as_in_the|as_in_a|like_in_the? <part>?", Wishes.in_time, "follow follows"),
    # what is left out, and what is kept whole
    _pattern(f"all|any|the|ones|those* <rows>? {LACKING} a|an|any|the? <col> can|may|should|must|shall|are|is|to|be|have|stay|stays|need|not* {OUT}", Wishes.left_out, "out aside skipped ignored excluded omitted dropped removed disregarded discarded"),
    _pattern(f"{LEAVE} all|any|the|those|these* <rows>? {LACKING} a|an|any|the? <col>", Wishes.left_out),
    _pattern("w / o a|an|any|the? <col>", Wishes.lacking),
    _pattern("in|for how_many rows|records|lines|cases|orders|entries is|are the|there? <col> missing|empty|blank|not_there|not_given|not_filled_in", Wishes.how_many_lack),
    _pattern("in|for how_many rows|records|lines|cases|orders|entries the? <col> is|are missing|empty|blank", Wishes.how_many_lack),
    _pattern(f"and|, <rows> {LACKING} a|an|any|the? <col>", Wishes.and_those),
    _pattern("(|,? i.e|i_._e|i_._e_.|which_means|that_means|that_is|meaning|so? .|,|that|it|the|field|cell|value|is|are|be|they* empty|blank|missing|n_/_a|na or|and|/|contains|contain|is|holds|says* n_/_a|na|empty|blank|missing|null? )?", Wishes.blank_again, "empty blank n na missing"),
    _pattern("no|without file|files is|are|has|have|needs|to|be|needed|necessary|required|written|saved|made|wanted|please*", Wishes.asked),
    _pattern(f"no|none|nothing|not_a|without of|about|any|a|the* column|columns|field|fields|row|rows|data|them may|should|must|is|are|be|being|to|gets|get* {CHANGED} or|and|,* {CHANGED}?", Wishes.unchanged),
    _pattern("all|every|with|the|their* columns|column stay|stays|remain|remains|kept|unchanged|as_they_are|preserved", Wishes.unchanged),
    # doubles
    _pattern("each|every|of|one|the* <col> address|addresses? may|should|must|shall|can|is|to|be|have|allowed|appears|appear|occur|occurs|be_listed|stand|stands|there* only|just|exactly|at_most? once in_it|there|in_the_list?", Wishes.once, "once"),
    _pattern("dedupe|deduplicate|de-duplicate|dedup|deduplicated|deduped on|by|the|with|based|regarding|per* <col> address|addresses?", Wishes.once),
    _pattern(f"and|it|is|only|keep|keeping|the* first {ENTRY}? of|for|that|is|to|be|stays|stay|kept|remains|remain|wins|has|have|only|should|must|each|every|the|them|address|it* kept|stays|remains|wins|address|stay|to_be_kept", Wishes.keep_first, "first"),
    _pattern(f"keep|keeping|of|keeps|take the? first {ENTRY}? of|for|each|every|the|<col>*", Wishes.keep_first, "first"),
    _pattern(f"of|for each|every <col> address? only|just? the? first {ENTRY} is|should|to|be|must* kept|stays|remains", Wishes.keep_first, "first"),
    _pattern("and? drop|remove|delete|leave_out|throw_away|discard the|all* rest|others|other_ones|remaining_ones|doubles|duplicates|repeats|further_ones", Wishes.keep_first, "first once dedupe keep duplicates doubles same"),
    _pattern("and|tell|me|say|state* how_many rows|entries|contacts|records|lines|duplicates|doubles|of_them|addresses? were|was|are|had|have|has|got|been|to|be|you|i|did* dropped|removed|deleted|thrown_out|left_out|thrown_away|drop|remove|discarded should|must|be|is|to|stated|said|told|mentioned|in|the|your|answer|reply*", Wishes.how_many_dropped, "dropped removed deleted thrown left drop remove discarded"),
    _pattern(f"<col>? that? differ|differs|different|differing only? in|by {SAMENESS}* {SAMENESS} are|is|count|counts|should|be|to|regarded|treated|considered|as|the|same|equal|identical|one*", Wishes.same_case),
    _pattern(f"{SAMENESS}* {SAMENESS} is|are|should|must|to|be|do|does|will|makes|make|should_make* not|n't|no|regarded|treated|considered|count|counted|as* matter|count|the_same|same|equal|equally|identical|difference|ignored|irrelevant|disregarded|the_same_word|alike", Wishes.same_case, "case capital capitals letters capitalisation capitalization punctuation uppercase lowercase"),
    _pattern("case-insensitive|case_insensitive|case_-_insensitive|case-insensitively|no_matter_the_case", Wishes.same_case),
    # what is measured
    _pattern(f"<number> must|should|have|has|is|are|to|be|being|get|gets|they|each* {ADDED}", Wishes.summed, "added summed totalled totaled aggregated sum add adds sums up"),
    _pattern("summed-up|added-up|summed|totalled|totaled|aggregated|cumulated up? <number>", Wishes.summed),
    _pattern("how_many|how_much|what a|an|the|one|each|every* <rows>? <col> they|it|he|she|that|there|we|people|you* has|have|do|does|is|are|were|earn|earns|cost|costs|pay|make* on_average", Wishes.averaged, "average"),
    _pattern("what a|an|the|one|each|every|they|people|we|you* <rows>? <col> on_average", Wishes.averaged, "average"),
    _pattern("<number> on_average", Wishes.averaged, "average"),
    _pattern("average|mean|avg number|amount|count of the? <number>", Wishes.averaged),
    _pattern("how_often|how_many_times each|every|a|an|the|of|different* <col> them? occurs|occur|appears|appear|is|are|was|were|used|requested|comes|come|came|up|visited|found|returned|sent|there|hit*", Wishes.often),
    _pattern("<rows> count|counts", Wishes.counted, "count counts"),
    _pattern("nr|no|num|count of all|the? <rows>", Wishes.counted),
    _pattern("how_much|what|which|their|its|the|and|in* percent|percentage|portion|share|part|proportion|% of|in the|a|our|their|its|grand|overall|whole|all* whole|total|all|turnover|sum|revenue|sales <number>? that? it|this|each|every|is|are|makes|make|up|has|have|was|falls|fall|to|accounts|for|belongs|comes|from* ", Wishes.share, "percent percentage portion share part proportion %"),
    _pattern("its|their|the|and* percentage|percentages|portion|percent share|of_the_total|of_it|value?", Wishes.share, "percentage percentages portion percent"),
    _pattern("multiply|multiplying|multiplied|take|taking <number> by|with|and|times <number>", Wishes.multiplied, "multiply multiplying multiplied"),
    _pattern("the? product of the? <number> and|by|with <number>", Wishes.multiplied, "product"),
    _pattern("add|adding|sum the|all|these* results|products|values|amounts up|together?", Wishes.results),
    _pattern("and? then? added_up|summed_up|added_together|totalled", Wishes.results, "added summed totalled"),
    _pattern("name|names of a|an|the|each|every|their|its|all* <col>", Wishes.named, "name names"),
    _pattern("name|names and|, the? <col> of a|an|the|each|every|their|its|all* <col>", Wishes.named, "name names"),
    _pattern("the? table|list of|with|for|about the? <col>", Wishes.table_of, "table list"),
    _pattern("but|yet|mind|while|, forms|words|like|such|as|that|the|count* <value> and|or <value> is|are|be|count|as|counted|treated|words|word|single|one|of|their|own|too|each|a|whole*", Wishes.word_forms),
    _pattern("tell|name|give|say|state|mention me? me? which|the|that|this* <part>", Wishes.told_of),
    _pattern("(|,|and|it|is|the <number> that? counts? ,? here? ,? not the|by|number|count|of|in* <number> )?", Wishes.not_by, "not"),
    _pattern("not|and_not|rather_than|instead_of the|by|number|count|of|in* <number>", Wishes.not_by, "not rather instead"),
    _pattern("<number> is|are|does|do not count|counts|relevant|important|interesting|matter|needed", Wishes.not_by, "not"),
    _pattern("from|,|all* monday to|until|till|through|- sunday", Wishes.all_weekdays, "monday"),
    _pattern("monday , tuesday ,|.|and|...|to|until|till|through|wednesday|thursday|friday|saturday|…* sunday", Wishes.all_weekdays, "monday"),
    _pattern("and|also|please|but|with* include|keep|including|even the|all|also|those* empty? <dim> without|with|that|which|where|have|has|no|nobody|no_one|none|any|0|zero|works|work|there|is|are|in|it|them|,|people|person|employees|employee|staff|customers|orders|anybody|anyone|rows|entries|sales|members|items|products* (|)?", Wishes.kept_without, "empty nobody none without no 0 zero"),
    _pattern("the|all|also|and|even|empty* <dim> where|in_which|without|with|that|which|who|have|has|nobody|no_one|none|any|no|a|single|works|work|there|is|are|working|in_it|0|zero|people|person|employees|employee|staff|customers|orders|anybody|anyone|rows|entries|sales|members|items|products* must|should|shall|have_to|has_to|need|needs|also|still|too|as_well|included|with_0|with_zero|they_have|not must|should|shall|have|has|need|needs|may|be|are|is|also|still|not|to|in|the|list|table|result|it|as|well|too|appear|appears|included|listed|shown|kept|left|out|missing|omitted|dropped|excluded|skipped|with|,|they|get|a|0|zero|of|count|people|person|employees|employee|staff|customers|orders|anybody|anyone|rows|entries|sales|members|items|products*", Wishes.kept_without, "nobody none without no empty 0 zero"),
    _pattern("a|the|and|with|grand|row|column|as_well_as|also|plus* total|totals|sum|sums for|per|of|by|over each|every|the|all* <dim> and|, the|a|with|total|totals|sum|sums|for|per|of|by|also|each|every|all* <dim> too|as_well?", Wishes.totals, "total totals sum sums"),
    _pattern("row|column|grand and|& row|column totals|sums|total", Wishes.totals, "totals sums total"),
    _pattern("totals|sums for|of the? rows|both and|& the? columns", Wishes.totals, "totals sums"),
    _pattern("one|1|a|own|separate table|sheet|tab per|for|of|from|each|every|for_each* file|csv|source|each|one|sheet", Wishes.apart),
    _pattern("<num> table|tables|sheet|sheets each", Wishes.apart),
    _pattern("table|tables|sheet|sheets|names|name|each|named|called is|are|to|be|names|name|named|called|should|each|table* after|like the|its|their|each* file|files|csvs|filename|file_name|file_names|names|source", Wishes.named_alike),
    _pattern("named|called <rows> and|, <rows>", Wishes.named_alike),
    _pattern("what|the? sum|total|amount|money they|each|he|she|of_them|has|have|was|everybody* spent|paid|bought|earned|brought|made in_total|altogether?", Wishes.spent, "spent paid bought earned brought made"),
    _pattern("<col> has|have|must|should|as|is|to|be|a|an|real|proper|true|stored|kept|of|in|there|are|column|only* numeric|number|numbers|date|dates|integer|integers|text|numerical type|value|values|column|in_there|in_it?", Wishes.typed, "numeric number numbers date dates integer text type numerical"),
    _pattern("(|,|and* not|no|rather_than|instead_of as|be|a|of|stored|kept|just|only* text|string|strings|texts type|values|column|)?", Wishes.not_typed, "text string strings texts"),
    _pattern("how_many|the_number_of days it|they|that|there|each|the|<rows>* was|were|is|are|took|lasted|lasts|in_all?", Wishes.lasting, "days"),
    _pattern("at|in|during|when|on? what|which time|hour|part of_the|of|in_the? day? is|are|was|do|does* our|my|the|your* server|site|website|shop|traffic|we|it|load|there|api|service* busiest|quietest|calmest|most_busy|the_busiest|most_visited|the_most_traffic|the_most_requests", Wishes.busy_time, "busiest quietest calmest busy visited traffic requests"),
    _pattern("a|the|of|is|are? <number> =|of|is|equals|:* <num>", Wishes.as_many),
    _pattern("the|a|an? <value>", Wishes.valued_columns, "columns across top column"),
    _pattern("has|have|contains|contain|holds|with|there|are|is|in_it|the_same|same* <col> address? stands|appears|occurs|is|in|it|there|listed* several|many|multiple|two|three|more_than|a_few times|once", Wishes.doubled, "several many multiple more few"),
    _pattern("has|have|contains|contain|holds|with|the|many|some|several* same|duplicate|duplicated|repeated|double|doubled|identical <col> addresses|address|entries?", Wishes.doubled, "same duplicate duplicated repeated double doubled identical"),
    _pattern(f"only|just? written|spelled|spelt|typed|but|in|with different|diffrent|differing|mixed {SAMENESS}* {SAMENESS}", Wishes.same_case, "case capitals letters capitalisation capitalization"),
    _pattern("(|,|the name|names ,|and|- not the number|id|numbers|ids|code|nr )?", Wishes.glue, "not"),
    _pattern("the number|id|code is_not|isn't|not needed|required|necessary|interesting|wanted", Wishes.glue, "not isn't"),
    _pattern("name|state|give|tell|mention|put|say the|these|those|me|all* numbers|figures|values|counts in|to? me|my|the|your|answer|reply*", Wishes.asked),
    _pattern("whole|entire|complete|full <rows>", Wishes.glue),
    _pattern("over|across|throughout the|all|our* whole|entire|complete|all|full the? <rows>", Wishes.glue),
    _pattern("date|dates format|formats|style? is|are|in|as|:|written|given* dd|day|d / mm|month|m / yyyy|year|yy|y", Wishes.glue),
    _pattern("it? is? the <number> that counts|matters|is_meant here|for_us?", Wishes.glue, "counts matters meant"),
    _pattern("in terms of the? money|value|turnover|revenue|sales", Wishes.glue, "terms"),
    _pattern("<agg> means|is|meaning the? <agg> of the? <number>", Wishes.means),
    _pattern("one|a row|line|entry each", Wishes.glue),
    _pattern("on|onto|to|in the? first sheet|tab", Wishes.first_sheet),
    _pattern("on|onto|to|in the? sheet|tab number? two|2|ii", Wishes.second_sheet),
    _pattern("how the? <number> is|are distributed|spread", Wishes.same_again, "distributed spread"),
    _pattern("the? total number|count of them|these|those", Wishes.number_of_them),
    _pattern("its|the|their height|length|size|heights of_a_bar|of_the_bars? is|are|shows|show|stands|gives for?", Wishes.glue, "height length heights bar bars"),
    _pattern("the? cleaned|cleaned-up|deduplicated list|file|version|table|contacts", Wishes.keep_first),
    _pattern("what|which articles|items|products|goods|things* do|does|have|has|need|needs|to|be|we|must|should* restock|reorder|restocked|reordered", Wishes.glue, "below lower under less smaller fewer"),
    _pattern("and? keep|keeping|bear|bearing|with in mind that?", Wishes.glue),
    _pattern("(|,? counting|counted|measured|calculated? from|between <col> until|to|till|and <col>", Wishes.from_to),
    _pattern("against one_another|each_other", Wishes.same_again),
    _pattern("moneywise|money-wise|value-wise|in_money|so_kind_as_to|so_kind|to_do_so", Wishes.glue),
    _pattern("readings|reading|value|values|measurement|measurements|one|taken|measured|rows|row|a|, every <hours>", Wishes.spaced, "every"),
    # how it is laid out
    _pattern(f"each|every <col> has|gets|have|is|are|should|shall|must|be|get|drawn|shown|in|on|as|with|to* {OWN}* line|row|column|bar|slice|line_of_its_own|row_of_its_own|column_of_its_own|bar_of_its_own|curve|series", Wishes.own_row),
    _pattern(f"each|every <part> has|gets|have|is|are|should|shall|must|be|get|drawn|shown|in|on|as|with|to* {OWN}* line|row|column|bar|slice|line_of_its_own|row_of_its_own|column_of_its_own|bar_of_its_own|curve|series", Wishes.own_row),
    _pattern("one|a bar|line|slice|point|row stands|per|for|stand|is one|each|every|a? <part>", Wishes.per_part),
    _pattern("for? every|each combination|pair of <col> and <col>", Wishes.combined),
    _pattern("<col> with|and|plus|including|,* their|its|his|her <agg> <number>?", Wishes.entities, "their its"),
    # how much there is of something
    _pattern("<num> of_the|of_our|of|different|monthly|weekly|daily* <col>", Wishes.all_of_them),
    _pattern("the|all|both|our|these|my* <num> different|monthly|weekly|daily|separate|input|csv* files|exports|tables|sheets|csvs|lists|sources|reports", Wishes.all_of_them),
    _pattern("of|for each|every one|row|item|entry|of_them|product|record?", Wishes.each_last),
    _pattern("readings|reading|value|values|measurement|measurements|one|taken|measured|rows|row|a|, every <num>? hours|hour|minutes|minute|days|day", Wishes.spaced, "every"),
    _pattern("<num> - hourly|hour|minute readings|reading|values|data?", Wishes.spaced, "hourly hour minute"),
    _pattern("two|three|four|five|six|seven|2|3|4|5|6|7 files|things|outputs|results|figures|numbers|values|answers|parts|columns|lists|tables|sheets|charts", Wishes.announced),
    _pattern("the? first|second|third|one|other,? of_them? number|figure|value|file|one|list|part|table? is|says|holds|contains|shows|:|, the?", Wishes.announced),
    # titles, reports, pages
    _pattern(f"with <quoted> as|for|being the|its|a? {TITLE}?", Wishes.titled),
    _pattern(f"{TITLE} : <quoted>", Wishes.titled),
    _pattern(f"give|with|under|put it|them|the|chart|picture|a|an* {TITLE} of? <quoted>", Wishes.titled),
    _pattern(f"{ASIDE}* introduction|intro|text|paragraph|sentences|conclusion|words|explanation|summary|remarks|comment which|that|come|comes|first|follows|follow|at|the|start|beginning|top|in|front|before|it|is|are|should|be|there|on* ", Wishes.report_part, "report document pdf word docx paper memo"),
    _pattern("page|pages long|only|in_length", Wishes.report_part, "report document pdf word docx"),
    _pattern("the? same|identical|these|those|such* figures|numbers|data|values|thing|totals|results|things|sums|means|averages as|in|is|are|shown|drawn|again|too|also|of|to|be|and* ", Wishes.same_again, "same these those"),
    _pattern("drawn|shown|displayed|presented|plotted as bars|a_bar|lines|columns in|on? a|the? chart|diagram|graph|picture?", Wishes.drawn_as),
    _pattern("(|,|on|over|across|from|in|of|with|mind|that|it|has|there|are|which|and|contains|of|all|the|gives|them|out|come|comes|comprises|goes|through|spread|spans|covers|every|each|several|many|multiple|more|page|by|you|have|to|consists|of|visited|read|be|must|should* pages|page in_all|long|too|of_it|of_them|must|should|have|to|be|visited|read|are|there? )?", Wishes.web_pages, "pages page"),
)  # fmt: skip
_PLACES: dict[str, list[int]] = {}
for _at, _one in enumerate(PATTERNS):
    for _word in openings(_one[0]) or ():
        _PLACES.setdefault(_word, []).append(_at)
