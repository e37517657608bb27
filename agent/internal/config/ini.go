package config

import (
	"fmt"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// maxConfigBytes bounds what is read as a configuration file.
const maxConfigBytes = 1 << 20

// document holds an ini file's values by lower-case section and key.
type document map[string]map[string]string

func (d document) get(section, key string) (string, bool) {
	v, ok := d[strings.ToLower(section)][strings.ToLower(key)]
	return v, ok
}

// parseIni reads `[section]`, `key = value` and `key: value` lines. Comments are whole
// lines that begin with # or ;, because values (keys, addresses) may hold both. Sections
// and keys ignore case, a repeated key takes its last value, blanks around and one pair
// of quotes around a value fall away. The problems name their lines.
func parseIni(content []byte) (document, []string) {
	doc := document{}
	var problems []string
	if len(content) > maxConfigBytes {
		return doc, []string{"the file is larger than 1 MiB"}
	}
	text, err := decodeText(content)
	if err != nil {
		return doc, []string{err.Error()}
	}
	section := ""
	for i, line := range strings.Split(strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(text), "\n") {
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' || line[0] == ';' {
			continue
		}
		if line[0] == '[' {
			end := strings.IndexByte(line, ']')
			if end < 0 {
				problems = append(problems, fmt.Sprintf("line %d: a section name needs a closing ]", i+1))
				continue
			}
			section = strings.ToLower(strings.TrimSpace(line[1:end]))
			continue
		}
		at := strings.IndexAny(line, "=:")
		if at <= 0 {
			problems = append(problems, fmt.Sprintf("line %d: neither a [section] nor key = value", i+1))
			continue
		}
		key := strings.ToLower(strings.TrimSpace(line[:at]))
		if doc[section] == nil {
			doc[section] = map[string]string{}
		}
		doc[section][key] = unquote(strings.TrimSpace(line[at+1:]))
	}
	return doc, problems
}

func unquote(v string) string {
	if len(v) >= 2 && (v[0] == '"' || v[0] == '\'') && v[len(v)-1] == v[0] {
		return v[1 : len(v)-1]
	}
	return v
}

// decodeText takes UTF-8 with or without a byte-order mark, and the UTF-16 that Windows'
// editors write. Anything else is read as Latin-1, so that an umlaut in a comment does
// not stop an agent.
func decodeText(b []byte) (string, error) {
	switch {
	case len(b) >= 3 && b[0] == 0xEF && b[1] == 0xBB && b[2] == 0xBF:
		b = b[3:]
	case len(b) >= 2 && b[0] == 0xFF && b[1] == 0xFE:
		return decodeUTF16(b[2:], 1), nil
	case len(b) >= 2 && b[0] == 0xFE && b[1] == 0xFF:
		return decodeUTF16(b[2:], 0), nil
	}
	if strings.IndexByte(string(b), 0) >= 0 {
		return "", fmt.Errorf("the file is not text")
	}
	if utf8.Valid(b) {
		return string(b), nil
	}
	runes := make([]rune, len(b))
	for i, c := range b {
		runes[i] = rune(c)
	}
	return string(runes), nil
}

func decodeUTF16(b []byte, high int) string {
	units := make([]uint16, len(b)/2)
	for i := range units {
		units[i] = uint16(b[2*i+high])<<8 | uint16(b[2*i+1-high])
	}
	return string(utf16.Decode(units))
}
