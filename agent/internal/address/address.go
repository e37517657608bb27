// Package address finds the computer's own addresses: the local one, and the public one
// as web services see it.
package address

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"sync"
	"time"
)

const (
	publicFor  = time.Hour
	retryAfter = 5 * time.Minute
	localFor   = 30 * time.Second
	perURL     = 10 * time.Second
)

// Public knows the public address, or not yet. Asking it never waits.
type Public struct {
	mu       sync.Mutex
	client   *http.Client
	urls     []string
	now      func() time.Time
	debugf   func(string, ...interface{})
	value    string
	found    time.Time
	next     time.Time
	isAsking bool
}

// NewPublic makes a finder that asks the addresses in order. Without any it knows nothing.
func NewPublic(client *http.Client, urls []string, debugf func(string, ...interface{})) *Public {
	return &Public{client: client, urls: urls, now: time.Now, debugf: debugf}
}

// Current returns the address found within the last hour, or nothing, and starts a search
// in the background when one is due.
func (p *Public) Current() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	now := p.now()
	if len(p.urls) > 0 && !p.isAsking && !now.Before(p.next) {
		p.isAsking = true
		go p.search()
	}
	if now.Sub(p.found) > publicFor {
		return ""
	}
	return p.value
}

// Forget makes the next call search again, because the computer may be elsewhere now.
func (p *Public) Forget() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.value, p.found, p.next = "", time.Time{}, time.Time{}
}

func (p *Public) search() {
	value := ""
	for _, url := range p.urls {
		got, err := ask(p.client, url)
		if err == nil {
			value = got
			break
		}
		p.debugf("public address: %s: %v", url, err)
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.isAsking = false
	now := p.now()
	if value == "" {
		p.next = now.Add(retryAfter)
		return
	}
	p.value, p.found, p.next = value, now, now.Add(publicFor)
}

// ask takes an answer only when all of it is one address.
func ask(client *http.Client, url string) (string, error) {
	ctx, cancel := context.WithTimeout(context.Background(), perURL)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return "", err
	}
	response, err := client.Do(request)
	if err != nil {
		return "", fmt.Errorf("no answer")
	}
	defer response.Body.Close()
	body, err := io.ReadAll(io.LimitReader(response.Body, 256))
	if err != nil || response.StatusCode != http.StatusOK {
		return "", fmt.Errorf("answer %d", response.StatusCode)
	}
	ip := net.ParseIP(strings.Trim(strings.TrimSpace(string(body)), `"`))
	if ip == nil || ip.IsLoopback() || ip.IsUnspecified() {
		return "", fmt.Errorf("the answer is not an address")
	}
	return ip.String(), nil
}

// Local remembers the local address for half a minute.
type Local struct {
	mu    sync.Mutex
	value string
	at    time.Time
}

// Current returns the address the computer uses towards other networks, IPv4 before IPv6,
// or nothing when it has none. It sends no packet and asks no name server.
func (l *Local) Current() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.value == "" || time.Since(l.at) > localFor {
		l.value, l.at = findLocal(), time.Now()
	}
	return l.value
}

// Forget makes the next call look again.
func (l *Local) Forget() {
	l.mu.Lock()
	l.value = ""
	l.mu.Unlock()
}

func findLocal() string {
	// "Connecting" a datagram socket to a documentation address only consults the routes.
	for _, to := range []string{"192.0.2.1:9", "[2001:db8::1]:9"} {
		if c, err := net.Dial("udp", to); err == nil {
			ip := c.LocalAddr().(*net.UDPAddr).IP
			c.Close()
			if ip.IsGlobalUnicast() {
				return ip.String()
			}
		}
	}
	addresses, err := net.InterfaceAddrs()
	if err != nil {
		return ""
	}
	second := ""
	for _, a := range addresses {
		n, ok := a.(*net.IPNet)
		if !ok || !n.IP.IsGlobalUnicast() {
			continue
		}
		if n.IP.To4() != nil {
			return n.IP.String()
		}
		if second == "" {
			second = n.IP.String()
		}
	}
	return second
}
