using System.Net;
using GameImages.Operations.Announcements;

namespace GameImages.Operations.Tests.Announcements;

public sealed class PublicHostCheckTests
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
    [TestCase("100.64.0.1", "internal to a carrier")]
    [TestCase("0.0.0.0", "not an address")]
    [TestCase("8.8.8.8", null)]
    [TestCase("::1", "loopback")]
    [TestCase("fd00::1", "private")]
    [TestCase("fe80::1", "link-local")]
    [TestCase("::ffff:192.168.1.1", "private")]
    [TestCase("::ffff:8.8.8.8", null)]
    [TestCase("2606:4700::1111", null)]
    public void A_special_purpose_address_is_not_public(string address, string? kind) =>
        Assert.That(PublicHostCheck.WhyNotPublic(IPAddress.Parse(address)), Is.EqualTo(kind));
}
