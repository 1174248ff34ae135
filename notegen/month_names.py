"""Names of months in many languages, and of weekdays, as names of notes have them: Unicode CLDR's, some of moment.js.

A vault does not say which language its dates are written in: moment.js takes that of the program.
"""

from functools import cache
from unicodedata import normalize

from notegen.regex import regex

_NAMES = (
    "januarie jan يناير студзеня сту студзень януари яну জানুয়ারী জানু januar gener gen ledna led "
    "leden ionawr ion ιανουαρίου ιαν ιανουάριοσ january januaro enero ene jaanuar jaan urtarrila urt "
    "ژانویهٔ ژانویه tammikuuta tammi tammikuu janvier janv eanáir ean xaneiro xan ינואר ינו׳ जनवरी "
    "जन॰ január հունվարի հնվ հունվար januari janúar gennaio იანვარი იან қаңтар қаң sausio saus "
    "sausis janvāris јануари јан stycznia sty styczeń janeiro ianuarie ian января янв январь januára "
    "janar јануар มกราคม ม.ค ocak oca січня січ січень جنوری yanvar yan siječnja sij siječanj 一月 ",
    "februarie feb فبراير лютага лют люты февруари фев ফেব্রুয়ারী ফেব februar febrer febr února úno "
    "únor chwefror chwef chw φεβρουαρίου φεβ φεβρουάριοσ february februaro febrero veebruar veebr "
    "otsaila ots فوریهٔ فوریه helmikuuta helmi helmikuu février févr feabhra feabh febreiro פברואר "
    "פבר׳ फ़रवरी फ़र॰ február փետրվարի փտվ փետրվար februari febrúar febbraio თებერვალი თებ ақпан ақп "
    "vasario vas vasaris februāris lutego lut luty fevereiro fev февраля февр февраль februára "
    "shkurt shk фебруар феб กุมภาพันธ์ ก.พ şubat şub лютого лютий فروری fevral veljače velj veljača "
    "二月 ",
    "maart mrt مارس сакавіка сак сакавік март মার্চ mart mar març března bře březen mawrth maw marts "
    "märz mär μαρτίου μαρ μάρτιοσ μάρ march marto marzo märts martxoa maaliskuuta maalis maaliskuu "
    "mars márta מרץ मार्च március márc մարտի մրտ մարտ maret მარტი მარ наурыз нау mäerz mäe kovo kov "
    "kovas мар marca marzec março martie марта marec มีนาคม มี.ค березня бер березень مارچ ožujka "
    "ožu ožujak mrz 三月 ",
    "april apr أبريل красавіка кра красавік април апр এপ্রিল এপ্রি d’abril d’abr abril abr dubna dub "
    "duben ebrill ebr απριλίου απρ απρίλιοσ aprilo aprill apirila api آوریل huhtikuuta huhti "
    "huhtikuu apríl avril avr aibreán aib אפריל אפר׳ अप्रैल április ápr ապրիլի ապր ապրիլ aprile "
    "აპრილი აპრ сәуір сәу abrëll balandžio bal balandis aprīlis kwietnia kwi kwiecień aprilie апреля "
    "апрель apríla prill pri เมษายน เม.ย nisan nis квітня квіт квітень اپریل aprel travnja tra "
    "travanj 四月 ",
    "mei مايو мая май মে maj maig května kvě květen mai μαΐου μαΐ μάιοσ μάι may majo mayo "
    "maiatza مهٔ مه toukokuuta touko toukokuu bealtaine beal maio מאי मई május máj մայիսի մյս մայիս "
    "maí maggio mag მაისი მაი мамыр мам mee gegužės geg gegužė maijs мај maja mája พฤษภาคม พ.ค mayıs "
    "травня трав травень مئی svibnja svi svibanj 五月 ",
    "junie jun يونيو чэрвеня чэр чэрвень юни জুন juni juny června čvn červen mehefin meh ιουνίου "
    "ιουν ιούνιοσ ιούν june junio juuni ekaina eka ژوئن kesäkuuta kesä kesäkuu juin meitheamh meith "
    "xuño יוני जून június jún հունիսի հնս հունիս júní giugno giu ივნისი ივნ маусым мау birželio birž "
    "birželis jūnijs jūn јуни јун czerwca cze czerwiec junho iunie iun июня июн июнь júna junij "
    "qershor qer มิถุนายน มิ.ย haziran haz червня черв червень جون iyun iyn lipnja lipanj 六月 ",
    "julie jul يوليو ліпеня ліп ліпень юли জুলাই জুল juli juliol července čvc červenec gorffennaf "
    "gorff gor ιουλίου ιουλ ιούλιοσ ιούλ july julio juuli uztaila uzt ژوئیهٔ ژوئیه heinäkuuta heinä "
    "heinäkuu juillet juil iúil xullo xul יולי जुलाई जुल॰ július júl հուլիսի հլս հուլիս júlí luglio "
    "lug ივლისი ივლ шілде шіл liepos liep liepa jūlijs jūl јули јул lipca lip lipiec julho iulie iul "
    "июля июл июль júla julij korrik korr กรกฎาคม ก.ค temmuz tem липня лип липень جولائی iyul iyl "
    "srpnja srpanj 七月 ",
    "augustus aug أغسطس жніўня жні жнівень август авг আগস্ট আগ august d’agost d’ag agost ag srpna "
    "srp srpen awst αυγούστου αυγ αύγουστοσ αύγ aŭgusto aŭg agosto ago abuztua abu اوت elokuuta elo "
    "elokuu août lúnasa lún אוגוסט אוג׳ अगस्त अग॰ augusztus օգոստոսի օգս օգոստոս agustus agu ágúst "
    "ágú აგვისტო აგვ тамыз там rugpjūčio rugp rugpjūtis augusts sierpnia sie sierpień августа "
    "augusta avgust avg gusht gush augusti สิงหาคม ส.ค ağustos ağu серпня серп серпень اگست kolovoza "
    "kol kolovoz 八月 ",
    "september sep سبتمبر верасня вер верасень септември сеп সেপ্টেম্বর সেপ septembar setembre set "
    "září zář medi sept σεπτεμβρίου σεπ σεπτέμβριοσ septembro septiembre iraila ira سپتامبر "
    "syyskuuta syys syyskuu septembre mfómh setembro ספטמבר ספט׳ सितंबर सित॰ szeptember szept "
    "սեպտեմբերի սեպ սեպտեմբեր settembre სექტემბერი სექ қыркүйек қыр rugsėjo rugs rugsėjis septembris "
    "września wrz wrzesień septembrie сентября сент сентябрь septembra shtator sht септембар กันยายน "
    "ก.ย eylül eyl вересня вересень ستمبر sentabr sen rujna ruj rujan 九月 ",
    "oktober okt أكتوبر кастрычніка кас кастрычнік октомври окт অক্টোবর অক্টো oktobar d’octubre "
    "d’oct octubre oct října říj říjen hydref hyd οκτωβρίου οκτ οκτώβριοσ october oktobro oktoober "
    "urria urr اکتبر lokakuuta loka lokakuu octobre dfómh outubro out אוקטובר אוק׳ अक्टूबर अक्टू॰ "
    "október հոկտեմբերի հոկ հոկտեմբեր ottobre ott ოქტომბერი ოქტ қазан қаз spalio spal spalis "
    "oktobris października paź październik octombrie октября октябрь októbra tetor tet октобар "
    "ตุลาคม ต.ค ekim eki жовтня жовт жовтень اکتوبر oktabr 十月 ",
    "november nov نوفمبر лістапада ліс лістапад ноември ное নভেম্বর নভে novembar novembre listopadu "
    "lis listopad tachwedd tach νοεμβρίου νοε νοέμβριοσ νοέ novembro noviembre azaroa aza نوامبر "
    "marraskuuta marras marraskuu samhain samh נובמבר נוב׳ नवंबर नव॰ նոյեմբերի նոյ նոյեմբեր nóvember "
    "nóv ნოემბერი ნოე қараша қар lapkričio lapkr lapkritis novembris listopada noiembrie ноября нояб "
    "ноябрь novembra nëntor nën новембар нов พฤศจิกายน พ.ย kasım kas листопада лист листопад نومبر "
    "noyabr noy studenoga stu studeni 十一月 ",
    "desember des ديسمبر снежня сне снежань декември дек ডিসেম্বর ডিসে decembar dec desembre "
    "prosince pro prosinec rhagfyr rhag december dezember dez δεκεμβρίου δεκ δεκέμβριοσ decembro "
    "diciembre dic detsember dets abendua abe دسامبر joulukuuta joulu joulukuu décembre déc nollaig "
    "noll דצמבר דצמ׳ दिसंबर दिस॰ դեկտեմբերի դեկ դեկտեմբեր dicembre დეკემბერი დეკ желтоқсан жел "
    "gruodžio gruod gruodis decembris grudnia gru grudzień dezembro decembrie декабря декабрь "
    "decembra dhjetor dhj децембар дец ธันวาคม ธ.ค aralık ara грудня груд грудень دسمبر dekabr dek "
    "prosinca prosinac 十二月 ",
)
"""January first; case-folded, without a full stop at the end. Few languages share a name for different months."""

_OF_ITS_OWN = {
    "hr": {"lipanj": 6, "lip": 6, "srpanj": 7, "srp": 7, "listopad": 10, "listopada": 10, "lis": 10}
}
"""What a language calls otherwise than those that have the name for another month."""

_WEEKDAYS = (
    "sonntag montag dienstag mittwoch donnerstag freitag samstag dimanche lundi mardi mercredi jeudi vendredi samedi "
    "domingo lunes martes miércoles jueves viernes sábado domenica lunedì martedì mercoledì giovedì venerdì sabato "
    "segunda-feira terça-feira quarta-feira quinta-feira sexta-feira zondag maandag dinsdag woensdag donderdag vrijdag "
    "zaterdag söndag måndag tisdag onsdag torsdag fredag lördag søndag mandag tirsdag lørdag sunnuntaina maanantaina "
    "tiistaina keskiviikkona torstaina perjantaina lauantaina niedziela poniedziałek wtorek środa czwartek piątek "
    "sobota neděle pondělí úterý středa čtvrtek pátek nedeľa pondelok utorok streda štvrtok piatok воскресенье "
    "понедельник вторник среда четверг пятница суббота неділя понеділок вівторок середа четвер субота pazar "
    "pazartesi salı çarşamba perşembe cuma cumartesi κυριακή δευτέρα τρίτη τετάρτη πέμπτη παρασκευή σάββατο vasárnap "
    "hétfő kedd szerda csütörtök péntek szombat duminică luni marți miercuri joi vineri sâmbătă diumenge dilluns "
    "dimarts dimecres dijous divendres dissabte nedjelja ponedjeljak utorak srijeda četvrtak petak subota nedelja "
    "ponedeljek torek sreda četrtek petek"
)

LETTER = r"[^\s\d!-/:-@\[-`{-~]"
"""A pattern for a letter of a name; those of many scripts have marks, which `\\w` does not hold."""

_NUMBERED = regex(r"(\d{1,2})(?:월|月)")


def month_of(name: str, language: str = "en") -> int:
    """The number of the month with this name, full or short; 0 for none.

    Args:
        language: the site's, which decides where a name is another month's elsewhere.
    """
    folded = normalize("NFC", name).casefold().rstrip(".")
    if numbered := _NUMBERED.fullmatch(folded):
        return int(numbered[1])
    return _OF_ITS_OWN.get(language.partition("-")[0], {}).get(folded, 0) or _months().get(folded, 0)


def is_weekday(word: str) -> bool:
    """Whether a word is a weekday's full name in one of some twenty languages of Europe other than English."""
    return normalize("NFC", word).casefold().rstrip(".") in _weekdays()


@cache
def _weekdays() -> frozenset[str]:
    return frozenset(_WEEKDAYS.split())


@cache
def _months() -> dict[str, int]:
    return {name: number for number, names in enumerate(_NAMES, 1) for name in names.split()}
