"""Vocabulary: ordinary words of requests that are spelt right, so that none of them is taken for a typo of another."""

_TEXT = """
able about above absent accept access according account accounts across action actions active actual add added adding address
addressed addressee addresses adds adult after afterwards again against age agenda aggregates agree agreement agreements
agrees ahead airport alarm album algorithm alive all alone along alpha alphabet alphabetic alphabetical alphabetically already
also altered always amount amounts analyse analysis annual answer answered answers anything anywhere appear appears append
appendix apply appointment appointments approve approved archive archived archives area argument arguments armstrong around
arrange arranged array article ascending ask asked asks assumed attach attachment attachments attention attic author authors
automatic automatically available average averages avoid award back backup backups backwards badge badges balance bank barn
base based bash basic because become before begin beginning begins behind being believe belong belongs below beneath best beta
better between beyond big bigger biggest bill billed billing bills binaries binary bind binder blank blanks board body bold
book booked booking booklet books both bottom bound boundaries bounds box break breakfast brief bring bringing brings brochure
broken browser brute budget bug bugs build builds bullet bullets bundle bundled busy button buy bypass bytes calculate
calculates calculating calendar call called calls camera cancel cannot capital capitalise capitalised capitals captcha caption
capture car card cards carries carry case cased cases catalan catalog catalogue category cause cell cells celsius cent
centigrade centimetres chain chancellor change changed changes changing chapter chapters character characters charge charged
chars chart cheap cheaper check checkbox checked checking checklist checks checksum checksums chess children chinese choice
choose chosen chronological chronologically chronology chunk chunks city classic clause clauses clean cleaned cleaner cleaning
clear click clickable client clients clock close closed cobol code coded codes coding coffee collapse collapsed collatz
colleague colleagues collect collected collecting collection collects colour column columns combine combined combining comes
comma command commas comment commented comments common commonly company compare compared compares comparing comparison compile
complain complete completely compose compress compressed compute computer computers computes computing concat concatenate
confirm confirmation connect consecutively console consonants contact contacts contain contained containing contains content
contentious contents continuously contract contracts control conversion conversions convert converted converter converting
converts copied copies copy copying correct corrected corresponding corrupt corrupted cost costs could count counted counter
counting country counts couple course court cousin cover covers crack craft crash crashed crashes crashing create created
creates creating creation credentials credit crop csv cubes cubic currency current customer customers cut cuts daily damage
damaged dangling dashes data date dated dates day days deadline dear debt debug december decent decide decimal decode
decompress decrease decreasing dedup dedupe deduplicate deduplicated deduplicates default define defined degree degrees delete
deleted deletes deleting delimiter deliver delivered delivery department depending deposit depth derive desc descending
describe described description desk desktop destination destroy detail detailed details detect determine develop diagnose
dictionary diff differ difference differences different differs digest digests digit digits dinner directly directories
directory disappear discard discarded discover dishes disk display displays distinct distribute divide divided divides
divisible division divisor divisors docker doctor document documents dollars domain domains donate done dots double doubled
doubles download downloaded downloading downloads dozens draft drafts draw draws drive drivers drop dropped drops due dump
dumps dupe dupes duplicate duplicated duplicates duration dutch each earlier earliest early easy edit edited editing edition
editor eight eighty either election elements email emails emphasis employee empty enclosing encode encoding encrypt end ended
ending endings endpoint ends english enhance enquiry enter entire entitled entries entry enumerate environment equal equals
erase error errors escape essay euro euros even evening event every everybody everyone everything everywhere exact exactly
examine example exceeding excel except exception exceptions exchange exclude excluded excludes excluding execute executed
executes executing existing exists expand expect expected expects expense expenses expire expired explain explaining explains
explanation explicit exponent export exported exporting exports expression expressions extension extensions external extra
extract extracted extracting extraction extracts facebook facetime factor factorial factorials factors facts fahrenheit fail
failed failing fails failure fall falling falls false family fast faster fault faulty favourite feature february feedback feet
fetch fetched fetches few fewer fibonacci field fields figure figures file filed filename filenames files fill filled filling
fills filter filtered filtering filters final find finding finds fine fingerprints finish finished fire first fit fits five
fix fixed fixes fixing fizz fizzbuzz flag flags flat flatten flight flights flowers folder folders follow followed following
follows font foot footer footers force forecast foreign forget form formal format formats formatted formatting forms formula
forth fortran forward forwarded found four fourth fraction fragments france free french frequencies frequency frequent
frequently fresh friday friend front full function functions funny further future gallon gallons game gather gathered gathers
generate generated generates generating german germany get gets given gives glance glued goal going golang good grab grabbed
grabs grand graph great greater greatest grep gross group grouped groups grow guess guide guids gzip hailstone half hand
handbook handed handle handles happen happened happening happens hard hardware harvest harvested hash hashes hashtag hashtags
haskell having head header headers heading headings headlines heavy height hello help here hexadecimal hidden hide hierarchy
high higher highest history hit hits hold holds holiday holidays home horizontal host hotel hotels hour hours house household
html htpasswd https huge human hundred hyperlink hyperlinks identical identify ignore ignored ignores ignoring image images
immediately implement import important imports improve inch inches include included includes including inclusive incorrect
increase increasing indentation index indexed indexes indices individual info inform information initial inner input inputs
inquiry insensitive insert inserted inside inspect instagram install installed instance instances instead instructions intact
integer integers interest internal internet into introduction invalid invent inventory invoice invoiced invoices ips issue
issued issues italian item items itself january japanese java javascript join joined joining joins joint journal json julia
july jump june just keep keeping keeps kelvin kept kernel key keys kilo kilobytes kilograms kilometers kilometres kind kindly
kinds kitchen knock know known kotlin label labelled labels lacks lambda landlord language laptop large larger largest last
later latest latin launch lawyer layout lead leading leap learn lease least leave leaves leaving left legible length letter
letters level levels lexicographically library licence license light like limit limits line linear lines link linked linkedin
links linux list listed listing listings lists litre litres little live load loaded loading loads local located location
locations log logged login logs long longer longest look looked looks lookup loop lose losing lost lower lowercase lowercased
lowercases lowest lucas lunch lyrics machine magic mail mailaddress mailed mailing mails main maintain make makes making
malware manager manifest manual manually manuals many march mark markdown marked marker marketing marks mass match matched
matches matching mathematical matlab matter maximum mean means meant measure measured media median meet meeting meetings
megabyte megabytes member members memo memory mention mentioned mentioning mentions merge merged merges merging mess message
messages messed messy metadata method metre metres microsoft middle mile miles million minimal minimum minister minute minutes
mirror mismatch missing mistake mixed mode model modifications modified modify modifying monday money month monthly months
more morning most mostly move moved moves movie movies moving much multiple multiples multiplication multiplied multiply music
must myself name named names naming narcissistic native natural near nearest neat necessary need needed needful needs negative
nested never newer newest newline newlines news newsletter newsletters next nicer night nine ninety node none noon normal
north note notes nothing notice notify novel november nowhere number numbered numbering numbers numeric numerical numerically
object objects occasionally occur occurred occurrence occurrences occurring occurs october odd offer offered offers office
offsets often old older oldest once one ones online only onto open opened opening opens operating opinion opinions opposite
option options order ordered orders ordinary organise organised organising organize organized organizing original originals
other others otherwise outcome outer outgoing outline output outputs outputting outside outstanding over overall overlap
overlaps overtime overview overwrite owner owners pack package packages packed page pages paid pair pairs palindrome
palindromes palindromic paper paragraph paragraphs parameters paraphrase parent parquet parse parsed parser parses parsing
part partial parties partner partners parts party pass passages passed password passwords past paste patch path paths pattern
patterns pay payable paying payment payments paypal paywall peak pending pentagonal people per percent percentage perfect
perform period permission person personal phase phone phones photo photograph photographs photos phrase phrases pick picked
picks picture pictures piece pieces pizza pizzas place placed places placing plain plan planned plans plants play plays please
plenty plot plus point points polish popular portuguese position positions positive posix possible post posted posts pound
pounds power powers powershell practice precise precisely prefer prefix prefixed prefixes prepare prepared presence present
presentation preserv preserve preserved preserving president press prettier pretty prevent preview previous price prices prime
primes print printable printed printer printers printing prints prior prisma private probe problem problems process processed
processes produce produced produces product production products professional profile profit program programme programmes
programs project projects proof proper properly property proposal propose prose provide provided public publish published pull
pulled pulling pulls purchase pure purge purpose push put puts putting python quality quantity quarter quarterly queen query
question questions queue quick quickly quiet quit quite quotation quote quoted quotes radio raise random range ranges ranging
rank ranked rate rates rather raw reach reachable read readable reading readings reads ready real really reason reasons reboot
rebuild receipt receipts receive received recent recently recipe recipient recommend record recorded records recover recursion
recursive recursively red reddit redirect redline redo reduce redundant refer reference references refund refusal regardless
regex regexp region register registered registration regular relative release released releases relevant relocate remain
remaining remains remedy remember remind reminder remote removal remove removed removes removing rename renamed renames
renaming render renumber repair repaired repeat repeated repeating repeats repetition repetitions rephrase replace replaced
replacement replaces replacing reply report reported reports repository represent request requests require required requires
reservation reserve reserved reset resize resolve respect respond response rest restart restaurant restaurants restore
restored result resulting results retain retrieve return returned returns reuse revenue reverse reversed reverses reversing
review reviewed revised revision reworded rewrite rewritten right rights rising rooms root rotate round row rows ruby rule
rules run running runs safe safety salary sale sales same sample sandwich saturday save saved saves saving saying scala scan
scanned scans schedule scheme school score scrape scraped screen screengrab screenshot screenshots script scripts scroll
search searches searching seats second seconds secret secrets section sections secure security see seen select selected
selection send sending sends sent sentence sentences separate separated separately separator september sequence sequences
sequential sequentially serial series server servers service set sets setting settings setup seven seventy several shall share
shared shares sharpen sheet sheetless sheets shell shift ship shipping ships shop short shorten shorter shortest shots should
show showing shown shows shrink shuffle side sign signature signed silent similar simple simplify since single site sites six
sixty size sized sizes sketch skip skipped skips slack slide slides slogan slots slow small smaller smallest smart smith
snapshot snippet social software solve some somehow someone something song songs soon sort sorted sorting sorts source sources
space spaces spanish speak special specific specified speech spell spelling spend spent split splits splitting spoken spot
spread spreadsheet spreadsheets square squared squares squash stable stack staff stage stamps stand standard standing stands
stapled start started starting starts state stated statement statements states statistics stats status stay stays step steps
still stitch stitched stock stop stops store stored stores storing story straight straighten straightforward stranger stray
street strictly string strings strip strips strong structure structures study stuff style styles subdirectories subdirectory
subfolder subfolders subject submission submit submits submitted subscribe subscribed subscription subset substitute
successful successor such suddenly suffix suggest suggestion suitable sum summarise summarised summarize summary summed sums
sunday superfluous supersedes supplier suppliers supply support suppose sure surname surrounding survey survive swift switch
symbol syntax system table tables tabs tag tagged tags take taken takes taking talk tally tampered tar tarball target tarred
task tasks tax team technical telephone tell telling tells temp temperature temperatures temporary ten tens term terminal
terminate terms test tested tests text texts than thank thanks that their them then there thereof these they thing things
think third this those thousand three through throughout throw throws thumbnail thursday ticked ticket tickets tidied tidy
tidying tile till time timer times timestamp tiny title titled titles today together token tokens tomorrow tonight too tool
tools top topic total totalled totals touch touching town trace traceback tracking trade traffic trail trailing train trains
transfer transform translate translated translation trash travel tree triangular trim trip trouble true truncate trust try
tuesday turn turned turning turns tweet twelve twenty twice twitter two type typed types typescript typical typo typos
unchanged uncheck unchecked uncompress under understand understood undo unified uninstall union unique unit unite units
unknown unless unlike unpack unpacked unpacking unreachable unread unsorted untar untick unticked until untouched unused unzip
unzipped update updated updates upgrade upload uploaded upper uppercase uppercased uppercases upside urgent urls usable usage
use used useful user users uses using usual usually utility vacuum valid validate value values vanilla variable variables
various vegetarian verb verdicts verified verifies verify verifying version versions versus vertical very via video videos
view virus visible visit visitor visitors visits voice volume vowels wait waiting walk want wanted wants warn warning warnings
watch water weather web webpage website websites wednesday week weekday weekly weeks weight well went west what whatever
whatsapp when whenever where wherever whether which while white whoever whole whose why wide width will win window windows
wish wished with within without word wording wordings words work workbook workbooks worked working works workspace world worse
worst worth would wrap write writes writing written wrong wrote year yearly years yellow yesterday yield you young younger
your yourself zero zip zipped zipping
additionally alongside altogether analysed analyze analyzed anyway applied attached belonging besides breakdown brought
built calculated came coming compact comprise comprises computed concern concerned concerns concretely consist consists
database dataset delivers determined determining displayed doesnt dont drawing evaluate evaluated evaluation examined
furthermore giving gonna grafic graphic hint illustrate illustrated inspected laid lies manner matters moreover namely noted
obtain obtained plotted presented presenting presents queried referring refers requested retrieved searched serve served
sits somewhere specifically statistic supplied themselves therefore therein thus told transformed visited visualise
visualised wanna whats advance commonest soonest strongest weakest terms busiest quietest percentages turnover worth pieces
http slides slide freq tabel avg nr pcs pieces drawn held holds owner portion portions weekday weekdays bars nested fallen stated logged recorded
"""

WORDS: frozenset[str] = frozenset(_TEXT.split())
"""In lower case. Ordinary plurals and verb forms stand in it too; it has no names and no figures."""
