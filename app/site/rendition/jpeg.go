package rendition

import (
	"bytes"
	"encoding/binary"
)

// segments calls yield for the segments of a JPEG file before its picture, each with
// its marker and all of its bytes.
func segments(data []byte, yield func(marker byte, segment []byte) bool) {
	for at := 2; at+4 <= len(data) && data[at] == 0xff; {
		marker := data[at+1]
		n := 2 + int(binary.BigEndian.Uint16(data[at+2:]))
		if marker == 0xda || at+n > len(data) || n < 4 {
			return
		}
		if !yield(marker, data[at:at+n]) {
			return
		}
		at += n
	}
}

// orientation returns how a JPEG file is to be turned, as Exif numbers it: 1 to 8.
func orientation(data []byte) int {
	turned := 1
	segments(data, func(marker byte, segment []byte) bool {
		rest, ok := bytes.CutPrefix(segment[4:], []byte("Exif\x00\x00"))
		if marker != 0xe1 || !ok {
			return true
		}
		turned = orientationOf(rest)
		return false
	})
	return turned
}

// orientationOf reads the first directory of Exif data.
func orientationOf(tiff []byte) int {
	if len(tiff) < 8 {
		return 1
	}
	var order binary.ByteOrder = binary.BigEndian
	if tiff[0] == 'I' {
		order = binary.LittleEndian
	}
	at := int64(order.Uint32(tiff[4:]))
	if at+2 > int64(len(tiff)) {
		return 1
	}
	for i := range int64(order.Uint16(tiff[at:])) {
		entry := at + 2 + 12*i
		if entry+12 > int64(len(tiff)) {
			return 1
		}
		if order.Uint16(tiff[entry:]) == 0x0112 {
			if n := order.Uint16(tiff[entry+8:]); n >= 1 && n <= 8 {
				return int(n)
			}
			return 1
		}
	}
	return 1
}

// withProfile puts the colour profile of one JPEG file into another.
func withProfile(picture, from []byte) []byte {
	var profile []byte
	segments(from, func(marker byte, segment []byte) bool {
		if marker == 0xe2 && bytes.HasPrefix(segment[4:], []byte("ICC_PROFILE\x00")) {
			profile = append(profile, segment...)
		}
		return true
	})
	if len(profile) == 0 {
		return picture
	}
	return append(append(append([]byte(nil), picture[:2]...), profile...), picture[2:]...)
}
