using System.Net;
using GameImages.Infrastructure.Announcements;

namespace GameImages.Infrastructure.Tests.Announcements;

public sealed class PublicHostTests
{
    [TestCase("127.0.0.1", "loopback")]
    [TestCase("127.8.8.8", "loopback")]
    [TestCase("10.1.2.3", "private")]
    [TestCase("172.15.255.255", null)]
    [TestCase("172.16.0.0", "private")]
    [TestCase("172.31.255.255", "private")]
    [TestCase("172.32.0.0", null)]
    [TestCase("192.168.1.1", "private")]
    [TestCase("169.254.169.254", "link-local")]
    [TestCase("100.64.0.1", "a carrier's own")]
    [TestCase("0.0.0.0", "no address")]
    [TestCase("8.8.8.8", null)]
    [TestCase("::1", "loopback")]
    [TestCase("fd00::1", "private")]
    [TestCase("fe80::1", "link-local")]
    [TestCase("::ffff:192.168.1.1", "private")]
    [TestCase("::ffff:8.8.8.8", null)]
    [TestCase("2606:4700::1111", null)]
    public void An_address_is_public_or_of_a_kind_that_Discord_cannot_reach(string address, string? kind) =>
        Assert.That(PublicHost.WhyNotPublic(IPAddress.Parse(address)), Is.EqualTo(kind));
}
