using System.Text;

namespace Iop.Verifier.Tests;

public sealed class VerificationTests
{
    [Fact]
    public void What_was_signed_by_all_is_genuine()
    {
        using var package = SmallPackage.Signed();
        var report = Verification.Of(package.Bytes, package.Keys);
        Assert.Empty(report.Findings);
        Assert.Equal(Verdict.Genuine, report.Verdict);
        Assert.Equal(("Vårsol", 2, 3), (report.Subject, report.Versions.Count, report.Signatures.Count));
        Assert.Equal("P p1 2026-03-02T09:00:00.000Z § 1",
            $"{report.Signatures[1].Party} {report.Signatures[1].Person} {report.Signatures[1].Time} {report.Signatures[1].Paragraph}");
    }

    [Fact]
    public void A_no_is_reported_and_what_was_signed_after_it_is_genuine()
    {
        using var package = SmallPackage.Declined();
        var report = Verification.Of(package.Bytes, package.Keys);
        Assert.Equal((Verdict.Genuine, new SealedDecline(1, "Q", "q1", "2026-03-02T09:00:00.000Z", "Nej")),
            (report.Verdict, Assert.Single(report.Declines)));
        Assert.Contains("AVBÖJD av Q", report.Write("sv"), StringComparison.Ordinal);
        Assert.Contains("DECLINED by Q", report.Write("en"), StringComparison.Ordinal);
        using var last = new SmallPackage();
        last.Version("", ("q", "q1", "decline", null), ("p", "p1"));
        Assert.Equal(Verdict.Incomplete, Verification.Of(last.Bytes, last.Keys).Verdict);
    }

    [Theory]
    [InlineData("p", "p2", "decline", null, "decline.impossible")] // the party had signed
    [InlineData("r", "r1", "decline", null, "decline.impossible")]
    [InlineData("q", "q1", "approve", null, "decline.out-of-chain")]
    [InlineData("q", "q1", "decline", "aa", "decline.out-of-chain")]
    public void A_no_that_cannot_have_been_given_so_is_found(string party, string person, string act, string? prev, string code)
    {
        using var package = SmallPackage.Declined(party, person, act, prev);
        Assert.Equal(code, Assert.Single(Verification.Of(package.Bytes, package.Keys).Findings).Code);
    }

    /// <summary>Every single one: nothing in a package is there for nothing.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Any_changed_byte_is_noticed(bool declined)
    {
        using var package = declined ? SmallPackage.Declined() : SmallPackage.Signed();
        var (genuine, keys) = (package.Bytes, package.Keys);
        for (var place = 0; place < genuine.Length; place++)
        {
            // The next letter or digit, the other case, and no letter at all.
            foreach (var bits in new byte[] { 0x01, 0x20, 0x80 })
            {
                var changed = (byte[])genuine.Clone();
                changed[place] ^= bits;
                Assert.True(Verification.Of(changed, keys).Verdict is Verdict.False,
                    $"Byte {place}, bits {bits}: {Encoding.UTF8.GetString(changed)}");
            }
        }
    }

    [Fact]
    public void Any_byte_left_out_or_put_in_is_noticed()
    {
        using var package = SmallPackage.Signed();
        var (genuine, keys) = (package.Bytes, package.Keys);
        for (var place = 0; place <= genuine.Length; place++)
        {
            if (place < genuine.Length)
                Assert.Equal(Verdict.False, Verification.Of([.. genuine[..place], .. genuine[(place + 1)..]], keys).Verdict);
            foreach (var more in new byte[] { (byte)' ', (byte)'A' })
                Assert.Equal(Verdict.False, Verification.Of([.. genuine[..place], more, .. genuine[place..]], keys).Verdict);
        }
    }

    [Fact]
    public void A_forgery_with_keys_of_its_own_is_never_genuine()
    {
        using var genuine = SmallPackage.Signed();
        using var forged = SmallPackage.Signed(second: "q9");
        Assert.Equal(Verdict.Unconfirmed, Verification.Of(forged.Bytes, null).Verdict);
        var report = Verification.Of(forged.Bytes, genuine.Keys);
        Assert.Equal(Verdict.False, report.Verdict);
        Assert.Equal("key.not-trusted", Assert.Single(report.Findings).Code);
        Assert.Equal("trusted.malformed", Assert.Single(Verification.Of(genuine.Bytes, [1, 2, 3]).Findings).Code);
    }

    [Fact]
    public void Without_all_signatures_it_is_incomplete()
    {
        using var package = new SmallPackage();
        package.Version("", ("p", "p1"));
        Assert.Equal(Verdict.Incomplete, Verification.Of(package.Bytes, package.Keys).Verdict);
    }

    [Fact]
    public void Without_any_signature_there_is_nothing_to_trust()
    {
        using var package = new SmallPackage();
        package.Version("");
        Assert.Equal(Verdict.Incomplete, Verification.Of(Encoding.UTF8.GetBytes(package.Text(keys: "")), package.Keys).Verdict);
        Assert.Equal("key.unused", Assert.Single(Verification.Of(package.Bytes, package.Keys).Findings).Code);
    }

    public static TheoryData<string, string, string> Impossible => new()
    {
        { "p p1|p p2", "", "seal.too-many" },
        { "p p1|p p1", "", "seal.same-person" },
        { "p p1|r r1", "", "seal.unknown-party" },
        { "p p1|q q1", """{"partyId":"q","turn":1},{"partyId":"p","turn":2}""", "seal.out-of-turn" },
    };

    [Theory]
    [MemberData(nameof(Impossible))]
    public void Seals_that_hold_but_cannot_have_been_given_so_are_found(string signers, string turns, string code)
    {
        using var package = new SmallPackage();
        package.Version(turns, [.. signers.Split('|').Select(signer => (signer.Split(' ')[0], signer.Split(' ')[1]))]);
        Assert.Equal(code, Assert.Single(Verification.Of(package.Bytes, package.Keys).Findings).Code);
    }

    [Fact]
    public void A_seal_or_a_version_cannot_be_moved_or_taken_from_the_middle()
    {
        using var package = SmallPackage.Signed();
        var text = package.Text();
        var second = text[text.LastIndexOf("\"seals\":[", StringComparison.Ordinal)..];
        var seals = second["\"seals\":[".Length..second.IndexOf(']', StringComparison.Ordinal)].Split(',');
        string[] tampered =
        [
            text.Replace($"{seals[0]},{seals[1]}", $"{seals[1]},{seals[0]}", StringComparison.Ordinal),
            text.Replace($"{seals[0]},{seals[1]}", seals[1], StringComparison.Ordinal),
            text.Replace($"{seals[0]},{seals[1]}", $"{seals[0]},{seals[0]}", StringComparison.Ordinal),
            string.Concat(text.AsSpan(0, text.IndexOf("\"versions\":[", StringComparison.Ordinal) + "\"versions\":[".Length),
                text.AsSpan(text.LastIndexOf("{\"canonical\"", StringComparison.Ordinal))),
        ];
        foreach (var one in tampered)
        {
            Assert.NotEqual(text, one);
            Assert.Equal(Verdict.False, Verification.Of(Encoding.UTF8.GetBytes(one), package.Keys).Verdict);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("nonsens")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("""{"agreement":"a","format":"iop-signature-package/2","keys":[],"versions":[]}""")]
    [InlineData("""{"agreement":"a","format":"iop-signature-package/1","keys":[],"versions":[1]}""")]
    [InlineData("""{"agreement":"a","agreement":"a"}""")]
    public void What_is_no_package_is_told_so(string text) =>
        Assert.Equal(Verdict.False, Verification.Of(Encoding.UTF8.GetBytes(text), null).Verdict);

    [Fact]
    public void Every_sentence_is_there_in_both_languages()
    {
        using var package = SmallPackage.Signed();
        var report = Verification.Of(package.Bytes, package.Keys);
        Assert.StartsWith("ÄKTA.", report.Write("sv"), StringComparison.Ordinal);
        Assert.StartsWith("GENUINE.", report.Write("en"), StringComparison.Ordinal);
        foreach (var verdict in Enum.GetValues<Verdict>())
            Assert.DoesNotContain("verdict.", Report.Say("en", $"verdict.{verdict}"), StringComparison.Ordinal);
    }
}
