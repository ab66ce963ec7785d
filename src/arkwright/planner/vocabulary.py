"""Vocabulary: ordinary words of requests that are spelt right, so that none of them is taken for a typo of another."""

WORDS: frozenset[str] = frozenset(
    """
    able above access account accounts across action actions active add added adding adds address addresses adult after against age agenda agreement
    album all alphabet alphabetic alphabetical alphabetically already also always amount amounts analyse analysis answer appear appears append appendix apply
    approve approved archive archived archives area argument arguments armstrong array arrange article ascending ask asked asks attach attachment attachments
    author authors automatic automatically average avoid award
    back backup backups backwards badge badges balance bank base based bash basic begin beginning begins below beneath best better between big bigger biggest bill
    billed billing bills bind binder binary bind blank body bold book booked booking books both bottom box break bring bringing brings broken browser budget bug bugs
    build builds bullet bullets bundle busy button buy bytes
    calculate calculates calculating calendar call called calls camera cancel capital capitals caption car card cards carry case cases catalog catalogue catalan category
    celsius cell cells cent centigrade centimetres change changed changes changing chapter chapters character characters charge chart cheap cheaper check checked
    checking checks checksum checksums chess choose chronological chronologically chunk chunks city clause clauses clean cleaned cleaner cleaning clear click client
    clients clock close closed code coded coding coffee collatz collect collecting collection collects colour column columns combine combined combining comma command commas comment
    comments common commonly company compare compared compares comparing comparison compile complete completely complain compress compressed compute computes computing
    concat concatenate confirm confirmation console consonants contact contacts contain contained containing contains content contents contract contracts convert converted
    converter converting converts copied copies copy copying correct corrected corrupt corrupted cost costs count counted counter counting counts country course cover crash crashed crashes
    crashing create created creates creating creation credit csv cubes cubic currency current customer customers cut cuts
    daily damage damaged data date dated dates day days deadline debt debug december decide decimal decrease decreasing dedupe dedup deduplicate deduplicated deduplicates
    default degree degrees delete deleted deletes deleting delimiter deliver delivered delivery department deposit depth desc descending describe described description desk destination detail
    details detect determine develop diagnose diff differ difference differences different differs digest digit digits dinner directly directories directory disappear disk display displays distinct
    divide divided divisible division divisor divisors doctor document documents domain domains done dots double doubled doubles download downloaded downloading downloads draft draw draws drive
    drop dropped drops due dump dumps dupe dupes duplicate duplicated duplicates duration
    each earlier earliest early easy edit edited edition editor eight either email emails employee empty encode encoding encrypt end ending endings endpoint ends english enter entire entries entry
    environment equal equals error errors essay euro euros even event every exact exactly example excel except exception exceptions exchange exclude excluded excludes excluding execute executed executes executing
    existing exists expand expect expected expense expenses expire expired explain explaining explains explanation export exported exporting extension extensions external extra extract extracted extracting
    extracts extraction
    factor factorial factorials factors fahrenheit fail failed failing fails failure fall false family fast faster fault faulty favourite feature february feet fetch fetched fetches few fewer fibonacci
    field fields figure figures file filed filename filenames files fill filled filling fills filter filtered filtering filters final find finding finds fine finish finished fire first fit fits five fix
    fixed fixes fixing fizz fizzbuzz flag flat flatten flight flights folder folders follow followed following follows font footer footers foot forget form formal format formats formatted formatting forms formula forward forwarded
    found four fraction free french frequencies frequency frequent frequently fresh friday friend full function functions further future
    gallon gallons game gather gathers generate generated generates generating german get gets given glance goal good grab grabs grand graph grep gross group grouped groups grow guess guide
    half hand handbook handed handle handles happen happened happens happening hard hardware hash hashes hashtag hashtags head header headers heading headings headlines heavy height hello help here hexadecimal hidden
    hide hierarchy high higher highest history hit hits hold holds holiday holidays home horizontal host hotel hotels hour hours house household html huge human hundred hyperlink hyperlinks
    identical identify ignore ignored ignores ignoring image images immediately import important improve inch inches include included includes including increase increasing incorrect index indexes individual
    info inform information initial inner input inputs insert inserted inside inspect install instance instead instructions integer integers intact intact interest internal internet into introduction invalid inventory
    invoice invoiced invoices ips issue issues issued italian item items
    january java javascript join joined joining joins journal json july jump june just
    keep keeping keeps kelvin kept kernel key keys kilo kilograms kilometers kilometres kind kindly kinds knock know known
    label labelled labels language laptop large larger largest last later latest latin layout lead leading leap learn lease least leave leaves leaving left length letter letters level levels library licence license light
    like limit limits line linear lines link linked links list listed listing listings lists litre litres little live load loaded loading loads local located location locations log logged logs long longer longest look looks
    lookup loop lose losing lost lower lowercase lowercased lowercases lowest lucas lunch
    machine mail mailed mailing mails main maintain make makes making manager manifest manual manually many march mark markdown marked marker marks mass match matched matches matching mathematical maximum mean means measure measured
    median meet meeting meetings megabyte megabytes member members memo memory mention mentioned mentioning mentions merge merged merges merging mess message messages messed messy metadata method metre metres middle mile
    miles million minimal minimum minute minutes mirror missing mistake mixed mode modified modify monday money month monthly months more morning most mostly move moved moves movie moving much multiple multiples multiplication multiplied
    multiply music must
    name named names naming narcissistic natural near neat nearest necessary need needed needs negative nested never newer newest newline newlines news newsletter next night nine node none noon normal north note notes nothing notice notify
    november number numbered numbering numbers numeric numerical numerically
    object objects occasionally occur occurred occurrence occurrences occurring occurs october odd offer offers office often old older oldest once one ones online only onto open opened opening opens opinion option options order ordered orders ordinary
    organise organised organising organize organized organizing original originals other others otherwise outcome outer outgoing outline output outputs outside over overall overlap overtime overview overwrite owner owners
    pack package packed page pages paid pair pairs palindrome palindromes palindromic paper paragraph paragraphs parent parse parsed parser parses parsing part partial parties partner partners parts party pass passed password passwords past paste path
    paths pattern patterns pay payable payment payments peak pending pentagonal people per percent percentage perfect perform period permission person personal phase phone phones photo photograph photographs photos phrase phrases pick picked picks picture
    pictures piece pieces pizza place placed places placing plain plan planned plans play plays plot plus point points popular position positions positive possible post posted posts pound pounds power powers practice precise prefix
    prefixed prefixes prepare prepared presence present presentation preserve preserved preserving pretty prevent preview previous price prices prime primes print printed printer printers printing prints prior prisma private problem problems process processed processes produce produced
    produces product production products professional profile profit program programme programs project projects proof proper properly property proposal provide provided public publish published pull pulled pulling pulls purchase pure purpose push put puts
    putting python
    quality quantity quarter quarterly query question questions queue quick quickly quiet quit quite quotation quote quoted quotes
    random range ranges rank ranked rate rates rather raw reach read readable readings reads ready real really reason reasons rebuild receipt receipts receive received recent recently recipe recipient record recorded records recover recursive recursively red redo reduce
    refer reference references refund regex regexp region register registered regular relative release released releases relevant remain remaining remember remind reminder remote removal remove removed removes removing rename renamed renames renaming repair
    repaired repeat repeated repeating repeats repetition repetitions replace replaced replacement replaces replacing reply report reported reports repository represent request requests require required requires reservation reserve reserved reset resize resolve
    respect respond response rest restaurant restaurants restore restored result resulting results retrieve return returned returns reuse revenue reverse reversed reverses reversing review reviewed revised rewrite right rising root rotate round row rows rule rules run
    running runs ruby
    safe safety sale salary sales same sample saturday save saved saves saving scan scanned scans schedule scheme school scrape scraped screen screenshot screenshots script scripts scroll search searches searching second seconds secret secrets section sections secure see seen
    select selected selection send sending sends sent sentence sentences separate separated separately separator september sequence sequences sequential serial series server service set sets setting settings setup seven several shall share shared sheet sheets shell ship
    shipping shop short shorten shorter shortest should show showing shown shows shuffle side sign signed signature silent similar simple simplify since single site sites six size sized sizes skip skipped skips slide slides slow small smaller smallest smart snippet
    social software some song songs soon sort sorted sorting sorts source sources space spaces speak special specific specified spell spelling spend spent split splits splitting spot spreadsheet square squared squares stable stack staff stage stand standard start started starting
    starts state stated statement states statistics stats status stay stays step steps stock stop store stored stores storing story straight straightforward stranger stray street strictly string strings strip strips strong structure structures style styles subfolder subfolders
    subdirectories subdirectory subject submission submit submitted submits subscribe subscription subset successful such suddenly suffix suggest suggestion suitable sum summarise summarised summarize summary summed sums sunday supplier supply support suppose sure surname survey switch
    symbol syntax system
    table tables tabs tag tagged tags take taken takes taking talk tally target task tasks tax team technical telephone tell telling tells temp temperature temperatures temporary ten tens term terms terminal terminate test tested tests text texts than thank thanks that their them then there these they thing
    things third this those thousand three through throughout throw throws thumbnail thursday ticket tickets tidied tidy tidying tile till time times timestamp tiny title titled titles today together token tomorrow tonight too tool tools top topic total totalled totals touch town trace traceback trade trail trailing train
    transfer transform translate translated translation trash travel tree triangular trim trip trouble true truncate trust try tuesday turn turned turning turns twelve twenty twice two type types typical typo typos
    under undo unified union unique unit units unknown unless unlike unpack unpacked unpacking unread unsorted until unused unzip unzipped update updated updates upload uploaded upper uppercase uppercased urgent urls usable usage use used useful user users uses using usual usually utility
    valid validate value values variable variables various vegetarian verb verified verifies verify verifying version versions versus vertical very via video videos view visible visit visitor visitors visits voice volume vowels
    wait waiting walk want wanted wants warn warning warnings watch weather web webpage website websites wednesday week weekday weekly weeks weight well went west what whatever when where whether which while white whole whose why wide width will win window windows wish with within without word words work
    worked working works workbook workspace world worse worst would wrap write writes writing written wrong wrote
    year yearly years yellow yesterday yield you young younger your yourself
    zero zip zipped zipping
    alpha beta attic barn believe bundled chronology glued gzip tarball tarred tar thereof whenever wherever
    gathered grabbed harvested collapse collapsed contentious couple cousin crop dear desktop detailed discard discarded discover
    greatest greater sharpen sheetless shrink smith snapshot spread squash stapled stitch stitched
    capitalise capitalised uppercases sixty seventy eighty ninety dozens reads rewritten readable legible
    about absent accept according actual addressed addressee afterwards again aggregates agree agreements agrees ahead airport
    alarm algorithm alive alone along altered annual answered answers anything anywhere appointment appointments around
    arranged assumed attention available averages because become before behind being belong belongs beyond binaries blanks
    board booklet bound boundaries bounds breakfast brief brochure brute bypass cannot captcha capture carries cased cause
    chain chancellor charged chars checkbox checklist children chinese choice chosen classic clickable cobol codes colleague
    colleagues collected comes commented compose computer computers connect consecutively continuously control conversion
    conversions corresponding could court covers crack craft credentials dangling dashes decent decode decompress define
    defined depending derive destroy dictionary digests dishes distribute divides docker dollars donate drafts drivers dutch
    editing election elements emphasis enclosing ended enhance enquiry entitled enumerate erase escape evening everybody
    everyone everything everywhere examine exceeding expects explicit exponent exports expression expressions facebook facetime
    facts falling falls feedback fingerprints flags flowers force forecast foreign forth fortran fourth fragments france front
    funny germany gives going golang great guids hailstone harvest haskell having htpasswd https implement imports inclusive
    indentation indexed indices inquiry insensitive instagram installed instances invent itself japanese joint julia kilobytes
    kitchen kotlin lacks lambda landlord launch lawyer lexicographically linkedin linux login looked lyrics magic mailaddress
    malware manuals marketing matlab matter meant media microsoft minister mismatch model modifications modifying movies myself
    native needful newsletters nicer novel nowhere offered offsets operating opinions opposite outputting outstanding overlaps
    packages parameters paraphrase parquet passages patch paying paypal paywall pizzas plants please plenty polish portuguese
    posix powershell precisely prefer preserv president press prettier printable probe programmes propose prose purge queen
    radio raise ranging reachable reading reboot recommend recursion reddit redirect redline redundant refusal regardless
    registration relocate remains remedy render renumber rephrase restart retain revision reworded rights rooms sandwich saying
    scala score screengrab seats security sequentially servers shares shift ships shots sketch slack slogan slots solve somehow
    someone something spanish speech spoken spreadsheets stamps standing stands statements still stops straighten study stuff
    subscribed substitute successor superfluous supersedes suppliers surrounding survive swift tampered think ticked timer
    tokens touching tracking traffic trains tweet twitter typed typescript unchanged uncheck unchecked uncompress understand
    understood uninstall unite unreachable untar untick unticked untouched upgrade upside vacuum vanilla verdicts virus water
    whatsapp whoever wished wording wordings workbooks worth
    """.split()
)
"""In lower case. Ordinary plurals and verb forms stand in it too; it has no names and no figures."""
