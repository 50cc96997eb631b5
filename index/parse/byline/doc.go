// Package byline reads who wrote a newspaper text, in the shapes that bylines
// have in print: 「江门日报讯(记者/陈婵)」, 「本报记者 张三 摄」, 「□文/图 …」. It reads
// single paragraphs and knows nothing of the page around them.
package byline
