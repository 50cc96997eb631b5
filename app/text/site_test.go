package text

import (
	"maps"
	"reflect"
	"strconv"
	"strings"
	"testing"

	"github.com/kanbao/kanbao/index/query"
)

func TestNoMessageIsMissing(t *testing.T) {
	for _, lang := range Languages() {
		site := For(lang)
		if site.Lang != lang {
			t.Errorf("For(%q) has the words of %q", lang, site.Lang)
		}
		for name, message := range allMessages(lang) {
			if strings.TrimSpace(message) == "" {
				t.Errorf("%s: %s is missing", lang, name)
			}
		}
	}
}

// allMessages returns all that is said in a language.
func allMessages(lang string) map[string]string {
	widget, loader, settings, listen := WidgetFor(lang), LoaderFor(lang), SettingsFor(lang), ListenFor(lang)
	tools, find, offline, advice := ToolsFor(lang), FindFor(lang), OfflineFor(lang), AdviceFor(lang)
	return messages(For(lang), LiveFor(lang), ArticleFor(lang), &widget, &loader, &settings, &listen, &tools, &find, &offline, &advice)
}

// TestScriptsPutInTheSameInEachLanguage compares where messages have room for a word.
func TestScriptsPutInTheSameInEachLanguage(t *testing.T) {
	rooms := func(lang string) map[string]int {
		all := make(map[string]int)
		for name, message := range allMessages(lang) {
			if widget := strings.HasPrefix(name, "Widget."); widget || strings.HasPrefix(name, "Loader.") || strings.HasPrefix(name, "Listen.") || strings.HasPrefix(name, "Advice.") {
				if n := strings.Count(message, "{}"); n > 0 && !strings.HasSuffix(name, ".0") {
					all[name] = n
				}
			}
		}
		return all
	}
	want := map[string]int{"Widget.Found.1": 1, "Widget.AtMost.1": 1, "Widget.Count.1": 1, "Widget.Meant": 1, "Widget.Without": 1, "Loader.Refused": 1, "Loader.Early.Title": 1, "Loader.Early.None": 1, "Loader.Early.Found.1": 1, "Loader.Early.AtMost.1": 1, "Loader.Early.Read": 1, "Loader.Early.Without": 1, "Loader.Early.Count.1": 1, "Listen.Times": 1, "Widget.More.1": 1, "Widget.Unfold.1": 1,
		"Advice.Setup": 1, "Advice.Policy": 1, "Advice.Cors": 1, "Advice.NoIndex": 1, "Advice.Refused": 1, "Advice.NotFile": 1, "Advice.Damaged": 1, "Advice.OnPage": 1}
	for _, lang := range Languages() {
		if got := rooms(lang); !maps.Equal(got, want) {
			t.Errorf("%s: there is room for words in %v, want %v", lang, got, want)
		}
	}
}

// messages returns all that is said, by the names of the fields.
func messages(of ...any) map[string]string {
	all := make(map[string]string)
	var walk func(name string, v reflect.Value)
	walk = func(name string, v reflect.Value) {
		switch v.Kind() {
		case reflect.Pointer:
			walk(name, v.Elem())
		case reflect.Struct:
			for i := range v.NumField() {
				walk(name+"."+v.Type().Field(i).Name, v.Field(i))
			}
		case reflect.Slice, reflect.Array:
			if v.Len() == 0 {
				all[name] = ""
			}
			for i := range v.Len() {
				walk(name+"."+strconv.Itoa(i), v.Index(i))
			}
		case reflect.Map:
			for of := v.MapRange(); of.Next(); {
				walk(name+"."+of.Key().String(), of.Value())
			}
		case reflect.Func:
			all[name] = ""
			if !v.IsZero() {
				all[name] = callWithSamples(v)
			}
		default:
			all[name] = v.String()
		}
	}
	for _, x := range of {
		walk(reflect.TypeOf(x).Elem().Name(), reflect.ValueOf(x))
	}
	return all
}

// callWithSamples calls a message with plausible arguments.
func callWithSamples(f reflect.Value) string {
	args := make([]reflect.Value, f.Type().NumIn())
	for i := range args {
		switch f.Type().In(i).Kind() {
		case reflect.Int:
			args[i] = reflect.ValueOf(3)
		case reflect.Bool:
			args[i] = reflect.ValueOf(true)
		default:
			args[i] = reflect.ValueOf("2024-09-05")
		}
	}
	return f.Call(args)[0].String()
}

func TestEveryFieldHasAName(t *testing.T) {
	for _, lang := range Languages() {
		for _, f := range query.Fields() {
			if LiveFor(lang).Field(string(f)) == string(f) {
				t.Errorf("%s: the field %s has no name", lang, f)
			}
			if WidgetFor(lang).Fields[string(f)] != LiveFor(lang).Field(string(f)) {
				t.Errorf("%s: the element does not have the name of the field %s", lang, f)
			}
		}
	}
}

// simplified are characters of the simplified messages that are written
// differently in traditional script.
const simplified = "这个页导览标签设备读网开启写报红结为发内载难见应会边听门订阅过说题长旧较顺车处图钟还没"

func TestTraditionalWordsHaveNoSimplifiedCharacters(t *testing.T) {
	for name, message := range allMessages(Hant) {
		if at := strings.IndexAny(message, simplified); at >= 0 {
			t.Errorf("%s: %q has a simplified character at byte %d", name, message, at)
		}
	}
}

func TestUnknownLanguageIsChinese(t *testing.T) {
	if got := For("tlh").Lang; got != Hans {
		t.Errorf("For of an unknown language is %q, want %q", got, Hans)
	}
}

func TestDates(t *testing.T) {
	for _, c := range []struct{ lang, date, long, short string }{
		{Hans, "2024-09-05", "2024年9月5日 星期四", "2024年9月5日"},
		{Hant, "2024-09-08", "2024年9月8日 星期日", "2024年9月8日"},
		{English, "2024-02-29", "Thursday, 29 February 2024", "29 February 2024"},
		{Hans, "", "", ""},
		{English, "2024-13-01", "2024-13-01", "2024-13-01"},
	} {
		site := For(c.lang)
		if got := site.LongDate(c.date); got != c.long {
			t.Errorf("%s: LongDate(%q) = %q, want %q", c.lang, c.date, got, c.long)
		}
		if got := site.Date(c.date); got != c.short {
			t.Errorf("%s: Date(%q) = %q, want %q", c.lang, c.date, got, c.short)
		}
	}
}

func TestPagesOfAPaper(t *testing.T) {
	for _, c := range []struct{ lang, page, name, want string }{
		{Hans, "A05", "江海新闻", "A05版 江海新闻"},
		{Hans, "03", "", "03版"},
		{Hant, "", "副刊", "副刊"},
		{Hans, "头版", "", "头版"},
		{Hans, "头版", "头版", "头版"},
		{Hans, "第一版", "要闻", "第一版 要闻"},
		{Hans, "3版", "3版", "3版"},
		{Hans, "三", "三版", "三版"},
		{Hans, "增刊", "", "增刊"},
		{Hant, "增刊", "文化", "增刊 文化"},
		{Hant, "第三", "", "第三版"},
		{Hans, "", "", ""},
		{English, "A05", "Local news", "Page A05, Local news"},
		{English, "A05", "", "Page A05"},
		{English, "", "Local news", "Local news"},
		{English, "头版", "", "头版"},
		{English, "头版", "要闻", "头版, 要闻"},
		{English, "头版", "头版", "头版"},
		{English, "A5", "A5", "Page A5"},
		{English, "", "", ""},
	} {
		if got := For(c.lang).Printed(c.page, c.name); got != c.want {
			t.Errorf("%s: Printed(%q, %q) = %q, want %q", c.lang, c.page, c.name, got, c.want)
		}
	}
}

func TestReadingMinutes(t *testing.T) {
	for _, c := range []struct {
		about string
		texts []string
		want  int
	}{
		{"nothing still takes a look", nil, 1},
		{"400 characters are a minute", []string{strings.Repeat("字", 400)}, 1},
		{"several texts add up", []string{strings.Repeat("字", 1000), strings.Repeat("词", 1000)}, 5},
		{"punctuation takes no time", []string{strings.Repeat("。，", 4000)}, 1},
		{"a word counts once however long", []string{strings.Repeat("internationalization ", 400)}, 2},
	} {
		if got := ReadingMinutes(c.texts...); got != c.want {
			t.Errorf("%s: %d minutes, want %d", c.about, got, c.want)
		}
	}
}

func TestEnglishCountsAgree(t *testing.T) {
	if got := For(English).Articles(1); got != "1 article" {
		t.Errorf("one article is %q", got)
	}
	if got := For(English).Articles(12); got != "12 articles" {
		t.Errorf("twelve articles are %q", got)
	}
}
