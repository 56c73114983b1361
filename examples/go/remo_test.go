package remo

import (
	"io"
	"net/http"
	"strings"
	"testing"
)

func TestBack(t *testing.T) {
	url := startMock(t)
	sample, err := http.Get(url + "/console/photos/back.jpg")
	if err != nil {
		t.Fatal(err)
	}
	photo, _ := io.ReadAll(sample.Body)
	request := Request{"demo@example.com", "demo-user-key", "demo-api-key", photo}
	if result, err := AnalyseBack(url, request); err != nil || result.Credit != 99 || result.Grade != 0 {
		t.Errorf("a good photo: %+v, %v", result, err)
	}
	request.Email = "demo+518@example.com"
	if _, err := AnalyseBack(url, request); err == nil || !strings.HasPrefix(err.Error(), "518: ") {
		t.Errorf("nobody in the photo: %v", err)
	}
}
