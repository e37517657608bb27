package windows

import "testing"

func TestOnlyWhatLeadsElsewhereIsALink(t *testing.T) {
	const directory, archive = 0x10, 0x20
	for name, c := range map[string]struct {
		attributes, tag uint32
		want            bool
	}{
		"IO_REPARSE_TAG_MOUNT_POINT":    {attributeReparse | directory, 0xA0000003, true},
		"IO_REPARSE_TAG_SYMLINK":        {attributeReparse | archive, 0xA000000C, true},
		"IO_REPARSE_TAG_LX_SYMLINK":     {attributeReparse | archive, 0xA000001D, true},
		"IO_REPARSE_TAG_GLOBAL_REPARSE": {attributeReparse | directory, 0xA0000019, true},
		"IO_REPARSE_TAG_DEDUP":          {attributeReparse | archive, 0x80000013, false},
		"IO_REPARSE_TAG_WOF":            {attributeReparse | archive, 0x80000017, false},
		"IO_REPARSE_TAG_HSM2":           {attributeReparse | archive, 0x80000006, false},
		"IO_REPARSE_TAG_CLOUD":          {attributeReparse | archive, 0x9000001A, false},
		"IO_REPARSE_TAG_CLOUD_F":        {attributeReparse | directory, 0x9000F01A, false},
		"a plain file":                  {archive, 0, false},
		// The field of the tag means nothing without the attribute.
		"a plain file, with leftovers": {archive, 0xA000000C, false},
	} {
		if got := isLink(c.attributes, c.tag); got != c.want {
			t.Errorf("%s: %t", name, got)
		}
	}
}
