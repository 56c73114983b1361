// Package remo is a client of the back endpoint, with the standard library alone.
package remo

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"time"
)

// Request is what the endpoint wants; encoding/json writes the photo's bytes as base64.
type Request struct {
	Email, UserKey, APIKey string
	Photo                  []byte `json:"borigimg"`
}

// Result holds some of the fields of a reply, of a success or of an error.
type Result struct {
	State   bool    `json:"state"`
	Credit  int     `json:"credit"`
	Tilt    float64 `json:"bar_tilt_m_"`
	Grade   int     `json:"bar_tilt_grade"`
	Code    int     `json:"status"`
	Message string  `json:"message"`
}

var client = http.Client{Timeout: 10 * time.Second}

// AnalyseBack sends one photo of somebody's back.
func AnalyseBack(url string, request Request) (result Result, err error) {
	body, err := json.Marshal(request)
	if err != nil {
		return result, err
	}
	reply, err := client.Post(url+"/api/analysis-skeleton-v2-back", "application/json", bytes.NewReader(body))
	if err != nil {
		return result, err
	}
	defer reply.Body.Close()
	if err = json.NewDecoder(reply.Body).Decode(&result); err == nil && !result.State {
		err = fmt.Errorf("%d: %s", result.Code, result.Message)
	}
	return result, err
}
