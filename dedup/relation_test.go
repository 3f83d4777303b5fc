package dedup

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// The stories below were written for these tests.
const (
	bridgeLead = "افتتح أمين منطقة الساحل المهندس راشد الفهيد صباح اليوم الجسر المعلق الذي يربط ضفتي وادي السدر بعد ثلاث سنوات من العمل المتواصل. "
	bridgeCost = "وبلغت تكلفة المشروع 340 مليون ريال، وشارك في تنفيذه أكثر من 1200 عامل ومهندس من سبع شركات محلية. "
	bridgeWhy  = "وأوضح الفهيد أن الجسر يختصر الرحلة بين القرى الشرقية والميناء من أربعين دقيقة إلى ست دقائق، ويخفف الزحام عن الطريق القديم. "
	bridgeTree = "وزرعت البلدية على جانبي الجسر ألفي شجرة سدر، وخصصت ممرا للدراجات وآخر للمشاة تعلوه مظلات من القماش. "
	bridgeNext = "ومن المقرر أن تبدأ المرحلة الثانية مطلع العام المقبل بإنشاء نفق قصير تحت السكة الحديدية المؤدية إلى المصنع. "
	bridgeOld  = "يذكر أن السيول كانت قد جرفت الجسر الخشبي القديم قبل خمس سنوات وعزلت القرى عن المدينة عدة أسابيع."
	bridge     = bridgeLead + bridgeCost + bridgeWhy + bridgeTree + bridgeNext + bridgeOld

	school = "أعلنت إدارة المدارس الأهلية في مدينة النخيل تأجيل موعد الاختبارات النهائية أسبوعا كاملا بسبب موجة الغبار التي تضرب المنطقة، " +
		"ودعت أولياء الأمور إلى متابعة الموقع الإلكتروني لمعرفة الجدول الجديد، وبينت أن قاعات الاختبار ستزود بأجهزة لتنقية الهواء. "

	// recall is news of its own that ends with the bridge story reused for background.
	recall = "لقي ثلاثة صيادين مصرعهم فجر أمس إثر انقلاب قاربهم عند مدخل الخليج بعدما باغتتهم رياح شديدة بلغت سرعتها سبعين كيلومترا في الساعة. " +
		"وانتشلت فرق الإنقاذ البحري جثامين الضحايا، فيما لا يزال البحث جاريا عن رابع كان برفقتهم، وفتحت الشرطة تحقيقا في سلامة القارب. " +
		"وأهابت إدارة الموانئ بالصيادين عدم الإبحار حتى إشعار آخر، ووعدت بتركيب محطات رصد جديدة على امتداد الشاطئ قبل موسم الشتاء. "
)

func cable(president, country, occasion string) string {
	return "بعث رئيس الاتحاد برقية تهنئة إلى فخامة الرئيس " + president + " رئيس جمهورية " + country + " بمناسبة " + occasion + " لبلاده. " +
		"وأعرب الرئيس باسمه وباسم شعب الاتحاد وحكومته عن أصدق التهاني وأطيب التمنيات بالصحة والسعادة لفخامته، ولشعب جمهورية " + country +
		" الصديق اطراد التقدم والازدهار، مشيدا بالعلاقات المتميزة التي تربط البلدين الصديقين والتي يسعى الجميع لتعزيزها وتنميتها في المجالات كافة."
}

func court(name, number, day, hall string) string {
	return "تعلن المحكمة العامة في مدينة النخيل أنه تقدم إليها " + name + " بموجب السجل المدني رقم " + number +
		" طالبا إخراج حجة استحكام على الأرض الواقعة في حي " + hall + " فعلى من لديه اعتراض على ذلك مراجعة المحكمة في موعد أقصاه يوم " + day +
		" وبعد مضي المدة المحددة نظاما لن يقبل أي اعتراض، وقد جرى نشر هذا الإعلان بناء على طلب صاحب الشأن وعلى نفقته."
}

func missile(site, time, count, area string) string {
	return "صرح المتحدث الرسمي باسم قوات الحلف بأنه في تمام الساعة " + time + " رصدت قوات الدفاع الجوي إطلاق " + count +
		" صواريخ باتجاه مدينة " + site + " وقد جرى اعتراضها وتدميرها في الجو، ونتج عن ذلك تناثر الشظايا على حي " + area +
		" دون وقوع أي إصابات بين السكان ولله الحمد، وبين المتحدث أن القوات ستتخذ كل ما يلزم لحماية المدنيين وفق القانون الدولي الإنساني."
}

func weather(day, heat, low, wind, where string) string {
	return "توقعت مصلحة الأرصاد في تقريرها عن حالة الطقس ليوم " + day + " أن تكون السماء غائمة جزئيا على مرتفعات " + where +
		" مع فرصة لهطول أمطار خفيفة، وأن تبلغ درجة الحرارة العظمى " + heat + " درجة مئوية والصغرى " + low +
		" درجة، وتكون الرياح السطحية شمالية بسرعة " + wind + " كيلومترا في الساعة ويكون ارتفاع الموج من متر إلى متر ونصف وحالة البحر خفيفة."
}

func rates(day, dollar, euro, pound, yen string) string {
	return "حدد المصرف المركزي أسعار صرف العملات الأجنبية ليوم " + day + " على النحو الآتي: الدولار الأمريكي " + dollar + " دينار للشراء، واليورو " + euro +
		" دينار للشراء، والجنيه الإسترليني " + pound + " دينار للشراء، والين الياباني " + yen + " دينار للشراء، وتسري هذه الأسعار على جميع المصارف ومحال الصرافة المرخصة في البلاد."
}

func match(home, away, score, minute, scorer string) string {
	return "فاز فريق " + home + " على ضيفه فريق " + away + " بنتيجة " + score + " في المباراة التي جمعت بينهما على الملعب البلدي ضمن دوري الدرجة الأولى لكرة القدم، " +
		"وسجل هدف الفوز اللاعب " + scorer + " في الدقيقة " + minute + " بعد تمريرة عرضية من الجهة اليمنى، ورفع الفريق رصيده إلى المركز الأول في جدول الترتيب بفارق الأهداف عن أقرب ملاحقيه."
}

// relations are pairs and what a careful reader says of them.
var relations = []struct {
	name     string
	a, b     string
	relation Relation
	drop     Drop
}{
	{"the same", bridge, bridge, Copy, DropEither},
	{"vowel marks, tatweel, digits, punctuation", bridge, strings.NewReplacer("المشروع", "المَشْرُوع", "الجسر", "الجســر", "340", "٣٤٠", "1200", "١٢٠٠", "،", " -", ".", "؛").Replace(bridge), Copy, DropEither},
	{"spelling: hamza, ta marbuta, ya", bridge, strings.NewReplacer("أ", "ا", "إ", "ا", "ة", "ه", "ى", "ي").Replace(bridge), Copy, DropEither},
	{"one word in each sentence edited", bridge, strings.NewReplacer("صباح اليوم", "أمس", "وأوضح", "وأكد", "عدة أسابيع", "أسابيع عدة", "وخصصت", "كما خصصت").Replace(bridge), Copy, DropEither},
	{"numbers grouped and spelled another way", bridge, strings.NewReplacer("340 مليون", "340,000,000", "1200", "1,200").Replace(bridge), Copy, DropEither},
	{"a foreign name spelled another way",
		"أعلن رئيس بلدية غروزني أن بلاده مستعدة لاستضافة المهرجان. " + bridge,
		"أعلن رئيس بلدية جروزني أن بلاده مستعدة لاستضافة المهرجان. " + bridge, Copy, DropEither},
	{"a number and a name corrected in a long report", bridge + " " + school + recall,
		strings.NewReplacer("340", "365", "النخيل", "الزيتون").Replace(bridge + " " + school + recall), Copy, DropEither},
	{"another dateline and credit", "النخيل - سالم العلي: " + bridge, "واس الساحل: " + bridge + " تصوير: فهد", Copy, DropEither},

	{"cut tail", bridge, bridgeLead + bridgeCost + bridgeWhy, Shortened, DropB},
	{"cut in a word", bridge, bridge[:len(bridge)*6/10], Shortened, DropB},
	{"a paragraph dropped", bridge, bridgeLead + bridgeCost + bridgeTree + bridgeNext + bridgeOld, Shortened, DropB},
	{"two paragraphs dropped and a word edited", bridge, strings.Replace(bridgeLead+bridgeWhy+bridgeNext+bridgeOld, "وأوضح", "وبين", 1), Shortened, DropB},

	{"a brief in a long report", bridgeLead + bridgeCost, bridge + " " + school + recall, Contained, DropA},
	{"an earlier story carried whole under a new lead", bridge, recall + bridge, Contained, DropA},
	{"a brief in the middle of a digest", bridgeLead + bridgeCost + bridgeWhy, school + bridgeLead + bridgeCost + bridgeWhy + recall, Contained, DropA},

	{"a follow-up that reuses the background", bridge, recall + bridgeWhy + bridgeTree + bridgeNext + bridgeOld, Revised, DropNone},
	{"both have a sentence of their own", bridge + " " + school, recall + bridge, Revised, DropNone},
	{"the same story, each with another end", bridgeLead + bridgeCost + bridgeWhy + school, bridgeLead + bridgeCost + bridgeWhy + recall, Revised, DropNone},

	{"cables to two presidents", cable("ميخائيل أورلوف", "كاردينيا", "ذكرى يوم الاستقلال"), cable("خوسيه براغانسا", "مونتالبا", "اليوم الوطني"), Template, DropNone},
	{"court notices on two people", court("عبدالرحمن بن سعيد الشمري", "1045569872", "الخميس", "الواحة"), court("منصور بن علي القحطاني", "1098123345", "الأحد", "الربيع"), Template, DropNone},
	{"missile statements of two days", missile("جازان", "2140", "4", "الروضة"), missile("نجران", "0615", "7", "الفيصلية"), Template, DropNone},
	{"the weather of two days", weather("السبت", "38", "24", "25", "السروات"), weather("الأحد", "41", "27", "32", "عسير"), Template, DropNone},
	{"exchange rates of two days", rates("الاثنين", "3.751", "4.102", "5.864", "0.0303"), rates("الثلاثاء", "3.748", "4.119", "5.907", "0.0298"), Template, DropNone},
	{"one other name in a brief", "توفي أمس في مستشفى الواحة الشيخ سعيد بن مبارك الغامدي بعد معاناة طويلة مع المرض رحمه الله وأسكنه فسيح جناته",
		"توفي أمس في مستشفى الواحة الشيخ طلال بن جبر الحمادي بعد معاناة طويلة مع المرض رحمه الله وأسكنه فسيح جناته", Template, DropNone},
	{"two matches", match("النسور", "الصقور", "3-1", "78", "ماجد الرويلي"), match("الأمواج", "الشعلة", "2-0", "54", "طارق بوسنينة"), Template, DropNone},

	{"two stories", bridge, school + recall, None, DropNone},
	{"one sentence in common", bridgeLead + school + school, bridgeLead + recall, None, DropNone},
}

// TestRelateAtTheEdges has one pair for each threshold of the rule, made to lie beyond it while all others hold.
func TestRelateAtTheEdges(t *testing.T) {
	r := newRand(11)
	words := randomWords(r, 160)
	ending := func(word string) func(int) []string { // the same words, in one form or another
		return func(n int) []string { return []string{words[n] + word} }
	}
	number := func(first int) func(int) []string {
		return func(n int) []string { return []string{fmt.Sprint(first + n)} }
	}
	short := func(int) []string { // ten words of three letters
		out := randomWords(r, 10)
		for i, w := range out {
			out[i] = string([]rune(w)[:3])
		}
		return out
	}
	for _, c := range []struct {
		name     string
		a, b     []string
		relation Relation
		drop     Drop
	}{
		{"DropContainment: every fourth word in another form", change(words, 4, 1, ending("تين")), change(words, 4, 1, ending("ات")), Revised, DropNone},
		{"ownShare: ten short words of its own after every 24", change(words, 24, 0, short), words, Shortened, DropB},
		{"templateDensity: two other numbers in 160 words", change(words, 70, 1, number(25)), change(words, 70, 1, number(38)), Template, DropNone},
		{"templateDensity: one other number in 160 words", change(words, 100, 1, number(25)), change(words, 100, 1, number(38)), Copy, DropEither},
		{"templatePoints: one other number in 80 words", change(words[:80], 45, 1, number(25)), change(words[:80], 45, 1, number(38)), Copy, DropEither},
		{"templateShare: two other numbers, but sixteen places that differ", change(words, 70, 1, number(25)),
			change(change(words, 70, 1, number(38)), 9, 0, func(int) []string { return []string{"وقد"} }), Copy, DropEither},
	} {
		checkRelate(t, c.name, strings.Join(c.a, " "), strings.Join(c.b, " "), c.relation, c.drop)
	}
}

// change puts other words in the place of the last few of every so many.
func change(words []string, every, last int, other func(n int) []string) (out []string) {
	n := 0
	for part := range slices.Chunk(words, every) {
		if len(part) == every {
			part = slices.Concat(part[:every-last], other(n))
			n++
		}
		out = append(out, part...)
	}
	return out
}

// mirror is the drop of the same pair the other way round.
var mirror = map[Drop]Drop{DropNone: DropNone, DropEither: DropEither, DropA: DropB, DropB: DropA}

func TestRelate(t *testing.T) {
	for _, c := range relations {
		checkRelate(t, c.name, c.a, c.b, c.relation, c.drop)
	}
}

// checkRelate also swaps the two texts: the relation must be the same and the drop mirrored.
func checkRelate(t *testing.T, name, a, b string, wantRelation Relation, wantDrop Drop) {
	t.Helper()
	v, m := matched(a, b, 7)
	relation, drop := v.relate(m)
	if relation != wantRelation || drop != wantDrop {
		t.Errorf("%s: %v, drop %v, want %v, %v; J %.2f, C(a,b) %.2f, C(b,a) %.2f, %+v", name, relation, drop, wantRelation, wantDrop,
			m.Jaccard(), m.ContainmentA(), m.ContainmentB(), v.weighAll(v.align(nil)))
	}
	v, m = matched(b, a, 7)
	if r, d := v.relate(m); r != relation || d != mirror[drop] {
		t.Errorf("%s: %v, drop %v, but %v, %v when swapped", name, relation, drop, r, d)
	}
}

// TestFindProposesTheRelations runs the same pairs through the whole: what the table says has a relation must be proposed.
func TestFindProposesTheRelations(t *testing.T) {
	for _, c := range relations {
		res, err := Find([]string{c.a, c.b}, Options{})
		if err != nil {
			t.Fatal(err)
		}
		var relation Relation
		var drop Drop
		for p := range res.Pairs() {
			relation, drop = p.Relation, p.Drop
		}
		if relation != c.relation || drop != c.drop {
			t.Errorf("%s: %v, drop %v, want %v, %v", c.name, relation, drop, c.relation, c.drop)
		}
		if removed := len(res.Removed) == 1; removed != (c.drop != DropNone) {
			t.Errorf("%s: %d removed, drop %v", c.name, len(res.Removed), c.drop)
		}
	}
}

// TestOrderDoesNotMatter checks that what is said of two texts is the same whichever was read first.
func TestOrderDoesNotMatter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := anyPair(t)
		one, err := Find([]string{string(a), string(b)}, Options{MinShingles: 1})
		two, err2 := Find([]string{string(b), string(a)}, Options{MinShingles: 1})
		if err != nil || err2 != nil {
			t.Fatal(err, err2)
		}
		turned := slices.Collect(two.Pairs())
		for i, p := range turned {
			turned[i] = p.between(1, 0)
		}
		if d := cmp.Diff(slices.Collect(one.Pairs()), turned); d != "" {
			t.Fatalf("%q\n%q\n%s", a, b, d)
		}
	})
}

// TestDropImpliesContainment checks on random edits that a side which may go stands in the other to the share that is
// promised, and that relation and drop fit each other.
func TestDropImpliesContainment(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := anyPair(t)
		v := loaded(a, b, 7)
		m := Compare(a, b, 7)
		relation, drop := v.relate(m)
		if allows(Pair{A: 0, B: 1, Drop: drop}, 0) && m.ContainmentA() < DropContainment || allows(Pair{A: 0, B: 1, Drop: drop}, 1) && m.ContainmentB() < DropContainment {
			t.Fatalf("drop %v with C(a,b) %v, C(b,a) %v", drop, m.ContainmentA(), m.ContainmentB())
		}
		fits := map[Relation][]Drop{None: {DropNone}, Copy: {DropEither}, Shortened: {DropA, DropB}, Contained: {DropA, DropB}, Revised: {DropNone}, Template: {DropNone}}
		ok := false
		for _, d := range fits[relation] {
			ok = ok || d == drop
		}
		if !ok {
			t.Fatalf("%v, drop %v", relation, drop)
		}
	})
}

func TestNames(t *testing.T) {
	var got []string
	for r := None; r <= Template; r++ {
		got = append(got, r.String())
	}
	for d := DropNone; d <= DropEither; d++ {
		got = append(got, d.String())
	}
	if s := strings.Join(got, " "); s != "none copy shortened contained revised template none a b either" {
		t.Errorf("the names that stand in files are %s", s)
	}
}
