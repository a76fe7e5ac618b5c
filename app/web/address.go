package web

import (
	"net/netip"
	"strings"

	"github.com/gofiber/fiber/v2"
)

// Address is the network address of the client, seen through trusted proxies.
//
// Each proxy adds the address it was called from at the end of
// X-Forwarded-For; what stands before is whatever the client itself wrote.
// So the list is read from its end, through the proxies we trust, and the
// first address that is not one of theirs is the client's.
func Address(c *fiber.Ctx) string {
	peer := c.Context().RemoteIP().String()
	proxies := c.App().Config().TrustedProxies
	if !isProxy(peer, proxies) {
		return peer
	}
	var chain []string
	for _, line := range c.Request().Header.PeekAll(fiber.HeaderXForwardedFor) {
		chain = append(chain, strings.Split(string(line), ",")...)
	}
	client := peer
	for i := len(chain) - 1; i >= 0; i-- {
		address, err := netip.ParseAddr(strings.TrimSpace(chain[i]))
		if err != nil {
			break // nothing before what is no address can be believed
		}
		client = address.Unmap().WithZone("").String()
		if !isProxy(client, proxies) {
			break
		}
	}
	return client
}

// isProxy says whether an address is one of the proxies, which are written as
// addresses or as networks.
func isProxy(address string, proxies []string) bool {
	ip, err := netip.ParseAddr(address)
	if err != nil {
		return false
	}
	ip = ip.Unmap()
	for _, p := range proxies {
		if network, err := netip.ParsePrefix(p); err == nil && network.Contains(ip) {
			return true
		}
		if one, err := netip.ParseAddr(p); err == nil && one.Unmap() == ip {
			return true
		}
	}
	return false
}
