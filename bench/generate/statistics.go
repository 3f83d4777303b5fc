package generate

// The statistics below were counted on the folded texts of SaudiNewsNet (31,030 articles, 2015) without its duplicates.

// textBytes are quantiles of the length of an article in bytes, at steps of 1/32; the first and the last are cut.
var textBytes = []int{350, 420, 626, 777, 896, 1003, 1103, 1198, 1297, 1394, 1502, 1611, 1712, 1825, 1938, 2067, 2195, 2335, 2494, 2669, 2858,
	3068, 3305, 3555, 3861, 4206, 4603, 5110, 5802, 6715, 8077, 10297, 40000}

// bytesPerWord is what a word takes in a text with what follows it.
const bytesPerWord = 11

// sentenceWords and paragraphWords are quantiles at steps of 1/16.
var (
	sentenceWords  = []int{4, 6, 8, 11, 14, 16, 19, 21, 24, 26, 29, 32, 36, 41, 48, 59, 90}
	paragraphWords = []int{6, 12, 17, 22, 25, 28, 32, 36, 39, 43, 48, 54, 62, 73, 89, 124, 220}
)

// wordShares are the shares of the octaves of word ranks among all words, in 1/10000. A corpus of 23,059 articles has 18 octaves; those beyond go
// on as the vocabulary does with its size (Heaps' law).
var wordShares = []int{339, 417, 371, 279, 296, 350, 468, 574, 688, 804, 901, 959, 929, 825, 670, 485, 325, 205, 125, 75, 45, 27}

// phraseShares are those of phrases, fitted to how many texts share a 15-shingle.
var phraseShares = []int{8, 8, 10, 12, 16, 22, 30, 45, 70, 100, 140, 200, 270, 340, 420, 520, 600, 640, 400, 250, 150, 90}

// In 1024 words: commas, numbers, phrases (each of several words), and words said again as they stand earlier in the text.
const (
	commaChance  = 50
	numberChance = 16
	phraseChance = 240
	againChance  = 130
)

// functionWords are the words that stand most often in Arabic news, in about that order: the first ranks.
const functionWords = `في من على إلى أن التي عن مع الذي ما لا أو هذا هذه خلال بعد بين ذلك كل أنه حيث كما كان بن لم قبل العام هو حتى وقال أي عام وفي قد
اليوم أكثر إلا كانت وهو بعض أمس عدد ومن غير الماضي رئيس ولا تم له العمل فيها منذ هناك هي وأن تلك منطقة بها لها أخرى المنطقة الذين بشكل ثم عليه فيه
فيما وقد بأن أحد مثل المئة العالم وذلك يكون أنها لكن به مجلس منها مدينة عبر وهي دون أيضا مليون عليها نحو العامة يوم وكان الرئيس يمكن قال إدارة وأضاف فإن
جميع عند أمام وزارة حول الأمن بل والتي ولكن آخر الأمر وزير الوقت إذا تكون شركة ألف داخل بما يتم خاصة الآن أما فقط بسبب مما الدول لهم`
