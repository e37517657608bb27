package sender

import (
	"bytes"
	"context"
	"crypto/tls"
	"io"
	"net"
	"net/http"
	"net/url"
	"time"

	"winauthmon/agent/internal/config"
)

const (
	requestTimeout = 60 * time.Second
	maxAnswer      = 1 << 20
)

// NewClient builds the HTTP client for a configuration: certificates always verified,
// redirects never followed (a redirected POST becomes a GET, whose 200 would look like a
// delivery, and the key must not travel to another host).
func NewClient(c config.Config) *http.Client {
	proxy := http.ProxyFromEnvironment
	if c.NoProxy {
		proxy = nil
	} else if c.Proxy != nil {
		proxy = http.ProxyURL(c.Proxy)
	}
	return &http.Client{
		Timeout: requestTimeout,
		CheckRedirect: func(*http.Request, []*http.Request) error {
			return http.ErrUseLastResponse
		},
		Transport: &http.Transport{
			Proxy:                 proxy,
			DialContext:           (&net.Dialer{Timeout: 15 * time.Second, KeepAlive: 30 * time.Second}).DialContext,
			TLSClientConfig:       &tls.Config{RootCAs: c.CAPool, MinVersion: tls.VersionTLS12},
			TLSHandshakeTimeout:   15 * time.Second,
			ResponseHeaderTimeout: 45 * time.Second,
			IdleConnTimeout:       90 * time.Second,
			MaxIdleConnsPerHost:   2,
			// HTTP/1.1 is enough for one request at a time, and leaner.
			TLSNextProto: map[string]func(string, *tls.Conn) http.RoundTripper{},
		},
	}
}

// Link is a server as the agent calls it.
type Link struct {
	Client    *http.Client
	Base      *url.URL
	APIKey    string
	UserAgent string
	// OnAnswer is told about every answer's Date header with the instants around it.
	OnAnswer func(date string, sent, received time.Time)
}

// Post sends JSON to a path below the server's address and returns status, header and up
// to 1 MiB of the answer.
func (l *Link) Post(ctx context.Context, path string, body []byte) (int, http.Header, []byte, error) {
	address := *l.Base
	address.Path = l.Base.Path + path
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, address.String(), bytes.NewReader(body))
	if err != nil {
		return 0, nil, nil, err
	}
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("X-API-Key", l.APIKey)
	request.Header.Set("User-Agent", l.UserAgent)
	sent := time.Now()
	response, err := l.Client.Do(request)
	if err != nil {
		return 0, nil, nil, err
	}
	defer response.Body.Close()
	received := time.Now()
	answer, err := io.ReadAll(io.LimitReader(response.Body, maxAnswer))
	if err != nil {
		return 0, nil, nil, err
	}
	if l.OnAnswer != nil {
		l.OnAnswer(response.Header.Get("Date"), sent, received)
	}
	return response.StatusCode, response.Header, answer, nil
}
