// Package wineventlog reads the XML of Windows event-log records and turns the ones the
// agent cares about into events. It is plain text work; fetching records is elsewhere.
package wineventlog

import (
	"encoding/hex"
	"encoding/xml"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// Record is one event-log record, as far as it is needed.
type Record struct {
	Provider string
	ID       int
	RecordID uint64
	Time     time.Time
	Computer string
	Data     map[string]string
	Unnamed  []string
	Binary   []byte
}

type xmlRecord struct {
	System struct {
		Provider struct {
			Name string `xml:"Name,attr"`
		} `xml:"Provider"`
		EventID     string `xml:"EventID"`
		TimeCreated struct {
			SystemTime string `xml:"SystemTime,attr"`
		} `xml:"TimeCreated"`
		RecordID string `xml:"EventRecordID"`
		Computer string `xml:"Computer"`
	} `xml:"System"`
	EventData struct {
		Data []struct {
			Name string `xml:"Name,attr"`
			Text string `xml:",chardata"`
		} `xml:"Data"`
		Binary string `xml:"Binary"`
	} `xml:"EventData"`
}

// maxRecordBytes is the event log's own bound on a record, with room for XML.
const maxRecordBytes = 1 << 20

// Parse reads a record as EvtRender writes it. It fails on text that is not such a
// record, or has no usable time or number.
func Parse(text string) (Record, error) {
	if len(text) > maxRecordBytes {
		return Record{}, fmt.Errorf("a record of %d bytes is too long", len(text))
	}
	var x xmlRecord
	decoder := xml.NewDecoder(strings.NewReader(legal(text)))
	decoder.Strict = false
	if err := decoder.Decode(&x); err != nil {
		return Record{}, fmt.Errorf("not an event record: %w", err)
	}
	id, err := strconv.ParseUint(strings.TrimSpace(x.System.EventID), 10, 16)
	if err != nil {
		return Record{}, fmt.Errorf("the record has no event number")
	}
	at, err := time.Parse(time.RFC3339Nano, strings.TrimSpace(x.System.TimeCreated.SystemTime))
	if err != nil || at.Year() < 1601 || at.Year() > 9999 {
		return Record{}, fmt.Errorf("the record has no usable time")
	}
	number, _ := strconv.ParseUint(strings.TrimSpace(x.System.RecordID), 10, 64)
	r := Record{
		Provider: x.System.Provider.Name, ID: int(id), RecordID: number,
		Time: at.UTC(), Computer: x.System.Computer, Data: map[string]string{},
	}
	for _, d := range x.EventData.Data {
		if d.Name == "" {
			r.Unnamed = append(r.Unnamed, d.Text)
		} else if _, twice := r.Data[d.Name]; !twice {
			r.Data[d.Name] = strings.TrimSpace(d.Text)
		}
	}
	r.Binary, _ = hex.DecodeString(strings.TrimSpace(x.EventData.Binary))
	return r, nil
}

var reference = regexp.MustCompile(`&#([xX][0-9a-fA-F]+|[0-9]+);`)

// legal replaces what XML does not allow, raw or as a character reference: a stranger's
// typed user name may hold it, and the record must not be lost for that.
func legal(text string) string {
	text = reference.ReplaceAllStringFunc(text, func(ref string) string {
		n, err := strconv.ParseUint("0"+strings.ToLower(ref[2:len(ref)-1]), 0, 32)
		if strings.IndexAny(ref, "xX") < 0 {
			n, err = strconv.ParseUint(ref[2:len(ref)-1], 10, 32)
		}
		if err != nil || !isLegal(rune(n)) {
			return "\uFFFD"
		}
		return ref
	})
	return strings.Map(func(r rune) rune {
		if !isLegal(r) {
			return '\uFFFD'
		}
		return r
	}, strings.ToValidUTF8(text, "\uFFFD"))
}

func isLegal(r rune) bool {
	return r == '\t' || r == '\n' || r == '\r' || (r >= 0x20 && r <= 0xD7FF) ||
		(r >= 0xE000 && r <= 0xFFFD) || (r >= 0x10000 && r <= 0x10FFFF)
}
