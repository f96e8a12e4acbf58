package viet_test

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"baocao/pipeline/viet"
)

func TestCompare(t *testing.T) {
	want := []string{
		"An", "Ánh", "Ăn", "Ân", "Ban Dân tộc", "Báo Đắk Nông", "Cư Jút", "Dân", "Đài", "Đắk Mil", "Đắk Song",
		"Gia Nghĩa", "Krông Nô", "Ong", "Ông", "Ơn", "Sở Công Thương", "Sở Nội vụ", "Sở Y tế", "Tuy Đức", "Ung", "Ưng",
	}
	got := slices.Clone(want)
	rnd := rand.New(rand.NewPCG(5, 6))
	rnd.Shuffle(len(got), func(i, j int) { got[i], got[j] = got[j], got[i] })
	slices.SortFunc(got, viet.Compare)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("sorted (-want +got):\n%s", diff)
	}
	if got := viet.Compare("Sở Nội vụ", "Sở Nội vụ"); got != 0 {
		t.Errorf("Compare of equal texts = %d, want 0", got)
	}
	if a, b := "a\u0300", "à"; viet.Compare(a, b) == 0 {
		t.Errorf("Compare(%+q, %+q) = 0, want an order", a, b)
	}
}

func BenchmarkCompare(b *testing.B) {
	for b.Loop() {
		viet.Compare("Sở Nội vụ", "Sở Nông nghiệp và Phát triển nông thôn")
	}
}
