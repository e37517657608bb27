package windows

const (
	attributeReparse = 0x400
	// nameSurrogate is set in the tags of reparse points that stand for another file or folder:
	// symbolic links and mount points. Others, as of deduplicated, compressed and cloud files,
	// only say how the content is stored.
	nameSurrogate = 0x20000000
)

// isLink tells from a file's attributes and reparse tag whether it leads to another.
func isLink(attributes, tag uint32) bool {
	return attributes&attributeReparse != 0 && tag&nameSurrogate != 0
}
