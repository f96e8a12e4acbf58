package collect

import (
	"bytes"
	"errors"
)

// cmsKind is what a Cryptographic Message Syntax object does with its content.
type cmsKind int

const (
	cmsOther cmsKind = iota
	cmsSigned
	cmsEncrypted
)

// The object identifiers of the kinds, as they stand in the bytes.
var cmsKinds = map[string]cmsKind{
	"\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02":         cmsSigned,    // signedData, RFC 5652 §5.1
	"\x2a\x86\x48\x86\xf7\x0d\x01\x07\x03":         cmsEncrypted, // envelopedData, §6.1
	"\x2a\x86\x48\x86\xf7\x0d\x01\x07\x06":         cmsEncrypted, // encryptedData, §8
	"\x2a\x86\x48\x86\xf7\x0d\x01\x09\x10\x01\x17": cmsEncrypted, // authEnvelopedData, RFC 5083
}

var errCMS = errors.New("not in the Cryptographic Message Syntax")

// readCMS says what an S/MIME object is, and what was signed by it; nil when
// the signature stands apart from its content. No signature is verified.
func readCMS(data []byte) (kind cmsKind, content []byte, err error) {
	info, _, err := readBER(data, 0)
	if err != nil {
		return cmsOther, nil, err
	}
	fields, err := info.children(0x30)
	if err != nil || len(fields) == 0 {
		return cmsOther, nil, errCMS
	}
	kind = cmsKinds[string(fields[0].content)]
	if fields[0].tag != 0x06 || kind == cmsOther {
		return cmsOther, nil, errCMS
	}
	if kind == cmsEncrypted {
		return kind, nil, nil
	}
	// ContentInfo { oid, [0] SignedData { version, digests, { oid, [0] octets } … } }
	signed, err := child(fields, 1, 0xa0, 0, 0x30)
	if err != nil {
		return cmsOther, nil, err
	}
	parts, err := signed.children(0x30)
	if err != nil || len(parts) < 3 {
		return cmsOther, nil, errCMS
	}
	inner, err := parts[2].children(0x30)
	if err != nil {
		return cmsOther, nil, err
	}
	if len(inner) < 2 {
		return kind, nil, nil
	}
	octets, err := child(inner, 1, 0xa0, 0, 0x04)
	if err != nil {
		return cmsOther, nil, err
	}
	content, err = octets.octets(0)
	return kind, content, err
}

// child is the element j within the element i, which must have these tags.
func child(all []ber, i int, tag byte, j int, inner byte) (ber, error) {
	if i >= len(all) {
		return ber{}, errCMS
	}
	within, err := all[i].children(tag)
	if err != nil || j >= len(within) || within[j].tag&^0x20 != inner&^0x20 {
		return ber{}, errCMS
	}
	return within[j], nil
}

// ber is an element in the Basic Encoding Rules (X.690), with a tag of one
// byte, which holds the flag 0x20 of those that are made of others.
type ber struct {
	tag     byte
	content []byte
}

// readBER is the element that data begin with, and what follows it.
func readBER(data []byte, depth int) (e ber, rest []byte, err error) {
	if len(data) < 2 || depth > maxASN || data[0]&0x1f == 0x1f {
		return e, nil, errCMS
	}
	e.tag = data[0]
	length, data := int(data[1]), data[2:]
	switch {
	case length == 0x80: // the end is marked; a program that streams does not know the length
		if e.tag&0x20 == 0 {
			return e, nil, errCMS
		}
		rest = data
		for !bytes.HasPrefix(rest, []byte{0, 0}) {
			if _, rest, err = readBER(rest, depth+1); err != nil {
				return e, nil, err
			}
		}
		e.content = data[:len(data)-len(rest)]
		return e, rest[2:], nil
	case length > 0x80:
		n := length - 0x80
		if n > 4 || n > len(data) {
			return e, nil, errCMS
		}
		length = 0
		for _, b := range data[:n] {
			length = length<<8 | int(b)
		}
		data = data[n:]
	}
	if length < 0 || length > len(data) {
		return e, nil, errCMS
	}
	e.content = data[:length]
	return e, data[length:], nil
}

// children are the elements within one of that tag.
func (e ber) children(tag byte) ([]ber, error) {
	if e.tag != tag {
		return nil, errCMS
	}
	var all []ber
	for rest := e.content; len(rest) > 0; {
		var c ber
		var err error
		if c, rest, err = readBER(rest, 0); err != nil {
			return nil, err
		}
		all = append(all, c)
		if len(all) > maxFieldsASN {
			break // those that matter come first
		}
	}
	return all, nil
}

// octets is the content of an octet string, in one piece or in many.
func (e ber) octets(depth int) ([]byte, error) {
	switch {
	case e.tag == 0x04:
		return e.content, nil
	case e.tag != 0x24 || depth > maxASN:
		return nil, errCMS
	}
	var whole []byte
	for rest := e.content; len(rest) > 0; {
		var c ber
		var err error
		if c, rest, err = readBER(rest, 0); err != nil {
			return nil, err
		}
		piece, err := c.octets(depth + 1)
		if err != nil {
			return nil, err
		}
		whole = append(whole, piece...)
	}
	return whole, nil
}
