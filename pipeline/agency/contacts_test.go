package agency_test

import (
	"strings"
	"testing"

	"baocao/pipeline/agency"
)

func TestContacts(t *testing.T) {
	agencies := func(contacts ...agency.Contact) agency.Data {
		return agency.Data{Agencies: []agency.Agency{
			{ID: "a", Names: []agency.Name{{Name: "Một"}}, Addresses: []string{"a@so.example"}, Contacts: contacts},
			{ID: "b", Names: []agency.Name{{Name: "Hai"}}, Addresses: []string{"B@so.example"}},
			{ID: "c", Names: []agency.Name{{Name: "Ba"}}, Addresses: []string{"c@so.example"}, Contacts: []agency.Contact{{Role: agency.Head, Address: "ba@so.example"}}},
		}}
	}
	for want, contacts := range map[string][]agency.Contact{
		"": {{Role: agency.SecondContact, Address: "hai@so.example", Name: "Người thứ hai"}, {Role: agency.Head, Address: "truong@so.example"}},
		`agency "a": contact "x@so.example": role "boss": want second or head`:            {{Role: "boss", Address: "x@so.example"}},
		`agency "a": contact "@so.example": want one address such as ten@daknong.example`: {{Role: agency.Head, Address: "@so.example"}},
		`agency "a": contact "X@so.example" twice`:                                        {{Role: agency.Head, Address: "x@so.example"}, {Role: agency.SecondContact, Address: "X@so.example"}},
		`agency "a": contact "b@SO.example" is an address of "b"`:                         {{Role: agency.Head, Address: "b@SO.example"}},
		`agency "a": contact "x@so.example\r\nBcc: y@z": want one address`:                {{Role: agency.Head, Address: "x@so.example\r\nBcc: y@z"}},
	} {
		d, err := agency.New(agencies(contacts...))
		switch {
		case want == "" && err != nil:
			t.Errorf("good contacts: %v", err)
		case want == "":
			if id, ok := d.Sender("truong@so.example", agency.Day{}); ok {
				t.Errorf("what a contact writes is taken for that of %q", id)
			}
		case err == nil || !strings.Contains(err.Error(), want):
			t.Errorf("%v: %v, want %q", contacts, err, want)
		}
	}
}
