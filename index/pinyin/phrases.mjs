// Writes phrases.txt out of the npm package pinyin-pro and the Go module
// go-pinyin, both unpacked:
//
//   npm pack pinyin-pro@3.29.4 && tar xzf pinyin-pro-3.29.4.tgz
//   node phrases.mjs package "$(go list -m -f '{{.Dir}}' github.com/mozillazg/go-pinyin)" > phrases.txt
//
// Only what differs, without tones, from what the reader says without it is kept.
import fs from 'fs'
import path from 'path'

const [dir, module] = process.argv.slice(2)
const data = name => fs.readFileSync(path.join(dir, 'dist/esm/data', name + '.mjs'), 'utf8')
const evaluate = (name, variable) => {
  const source = data(name)
  const from = source.indexOf('{', source.search(new RegExp(`const ${variable} = `)))
  return new Function('return ' + source.slice(from, source.indexOf('\n};', from) + 2))()
}
const toneless = s => s.replaceAll('ü', 'v').replace(/[ǖǘǚǜ]/g, 'v').normalize('NFD').replace(/[\u0300-\u036f]/g, '')

const reading = new Map()
for (const [, code, readings] of fs.readFileSync(path.join(module, 'pinyin_dict.go'), 'utf8').matchAll(/0x(\w+): "([^",]*)/g))
  reading.set(String.fromCodePoint(parseInt(code, 16)), toneless(readings))
const lines = []
for (const [readings, chars] of Object.entries(evaluate('dict1', 'map')))
  for (const c of chars) {
    const first = toneless(readings.split(' ')[0])
    if (reading.has(c) && reading.get(c) !== first) {
      reading.set(c, first)
      lines.push(`${c} ${first}`)
    }
  }
lines.sort()

const phrases = Object.assign({}, ...[2, 3, 4, 5].map(n => evaluate('dict' + n, 'DICT' + n)))
const kept = new Map()
// As the reader does: the longest phrase that begins here, else the character.
const read = word => {
  const out = []
  for (let i = 0; i < word.length;) {
    let n = word.length - i
    while (n > 1 && !kept.has(word.slice(i, i + n).join(''))) n--
    out.push(n > 1 ? kept.get(word.slice(i, i + n).join('')) : reading.get(word[i]) ?? '?')
    i += n
  }
  return out.join(' ')
}
for (const [word, r] of Object.entries(phrases).sort(([a], [b]) => a.length - b.length || (a < b ? -1 : 1))) {
  const want = toneless(r)
  if (/^[\p{Script=Han}]+$/u.test(word) && read([...word]) !== want) {
    kept.set(word, want)
    lines.push(`${word} ${want}`)
  }
}
for (const [name, r] of Object.entries(evaluate('surname', 'Surnames')))
  if (read([...name]) !== toneless(r)) lines.push(`${name}- ${toneless(r)}`)
console.log(lines.join('\n'))
