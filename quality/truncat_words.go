package quality

import "strings"

// openers are words, folded, after which a sentence must go on: prepositions, conjunctions, relatives and the like. Words
// that also close sentences (ذلك, هنا, بعد, قبل, فقط, أيضا) are left out.
var openers = foldedSet(`
	في من علي الي عن مع ان انه انها انهم بان بانه لان لانه التي الذي الذين اللذين اللتين اللذان اللتان الذى التى الى فى على
	او ثم حتي عند عندما بين خلال حول منذ غير كل بعض اي حيث لكن ولكن وقد قد لقد لم لن ما لا كما كان كانت وكان وكانت يكون تكون
	وهو وهي هو هي هم فهو فهي وان وانه وانها وفي ومن وعلي والي وعن ولا ولم ولن وما وكما ومع اذ اذا ليس ليست نحو ضد امام تحت
	ضمن عبر اكثر اما الا فان فقد بل سوي لدي لدى دون مثل مما فيما بينما كي لكي سوف هذا هذه تلك هولاء بهذا بهذه لهذا لهذه
	وهذا وهذه والتي والذي والذين بعدما قبيل عقب اثر وبين وذلك عدم احد احدي عدد ضرورة اهم بعد قبل
	ابن بن ابو ال عبد يا بحسب حسب وفق وفقا بسبب نتيجه لما وحتي واي وغير وكل واكد واضاف وقال قال اكد اضاف واوضح اوضح
	وكذلك وخاصه بما فما وبعد وقبل وخلال واذا وحيث وهم الف ملیون باستثناء وكانوا كانوا يتم تم وتم ستكون سيكون وسيكون وستكون
	علي حد لدى لدي تجاه ازاء بشان لعدم وعدم لعده عده مدي مدى جميع وجميع بجميع لجميع كافه وكافه بكافه`)

// sentenceOpeners are words, folded, that stand in sentences and not in names or captions.
var sentenceOpeners = foldedSet(`
	من علي الي عن ان انه انها بان التي الذي الذين قد لقد لم لن لا كما كان كانت حيث لكن ولكن وقد هو هي هذا هذه ذلك
	اذا اذ ليس فيما بينما قال اكد اضاف اوضح ذكر اعلن اشار راي نفي كشف صرح شدد دعا يذكر يشار كذلك ايضا كل منذ بعد قبل خلال
	عندما هناك هنا ثم اما وهو وهي وفي ومن وعلي وكان وكانت واضاف وقال واوضح واكد واشار وذكر وكان ويذكر وتابع وبين
	الجدير بدوره بدورها بدورهم كانوا كنت يكون تكون سوف يجب يمكن يقول تقول يقوم تقوم يعد تعد تم يتم تمت قام قامت اصدر اصدرت غادر وصل
	لماذا ماذا كيف هل اين متي نحن انا انت انني لهذا لذلك بسبب بعدها وقتها حينها عندها اليوم امس غدا كلما رغم بالرغم مع حتي او`)

// notConjoined are words, folded, that begin with و as part of the word and stand in names and titles.
var notConjoined = foldedSet(`
	وزير وزاره وزراء وكيل وكاله وكالات والد والده ولي وليد وائل وفاء وسام وجدان وسط وفد ولايه وطن وطني وطنيه وحده وثيقه ورشه
	واشنطن وات واس ورده وجه وسائل وقت وادي واحه وحيد وجيه وسيم وصفي وليم وارد واحد واحده واقع والا وفيات ورق وضع وفي ولد`)

func foldedSet(s string) map[string]bool {
	set := make(map[string]bool)
	for w := range strings.FieldsSeq(s) {
		set[foldedWord(w)] = true
	}
	return set
}

// opensMore says whether a sentence cannot end in the folded word.
func opensMore(word string) bool { return openers[word] }

// opensSentence says whether the folded word belongs to a sentence rather than to a name or a caption.
func opensSentence(word string) bool {
	if sentenceOpeners[word] {
		return true
	}
	return strings.HasPrefix(word, "و") && len(word) > 6 && !notConjoined[word]
}

// farewells are the last words, folded, of letters and columns that set no end mark after them.
var farewells = [...]string{
	"والله من وراء القصد", "والله الموفق", "والسلام", "وبركاته", "وللحديث بقيه", "للحديث بقيه", "وللحديث صله", "ودمتم", "دمتم",
	"والله المستعان", "وبالله التوفيق", "والله ولي التوفيق", "الي اللقاء", "صلي الله عليه وسلم", "وكل عام وانتم بخير", "انتهي",
	"رب العالمين", "والله اعلم", "ان شاء الله", "باذن الله", "رحمه الله", "حفظه الله",
}

// closesText says whether the folded words end in a farewell.
func closesText(words []string) bool {
	s := strings.Join(words, " ")
	for _, f := range farewells {
		if strings.HasSuffix(s, f) {
			return true
		}
	}
	return false
}
