using System.Text;
using System.Text.Json.Nodes;
using Iop.Platform.Sealing;
using Microsoft.Extensions.DependencyInjection;

namespace Iop.Platform.Tests;

public sealed class SealingTests(TrialWorld world) : IClassFixture<TrialWorld>
{
    // RFC 8785, 3.2.3: sorted by UTF-16 code units, not by code points (the smiley's surrogates come before U+FB33).
    [Fact]
    public void Members_are_sorted_as_the_standard_says()
    {
        var value = JsonNode.Parse("""
            { "\u20ac": "Euro Sign", "\r": "Carriage Return", "\ufb33": "Hebrew Letter Dalet With Dagesh", "1": "One",
              "\ud83d\ude00": "Emoji: Grinning Face", "\u0080": "Control", "\u00f6": "Latin Small Letter O With Diaeresis" }
            """);
        var order = JsonNode.Parse(CanonicalJson.Of(value))!.AsObject().Select(member => member.Value!.GetValue<string>());
        Assert.Equal(
            ["Carriage Return", "One", "Control", "Latin Small Letter O With Diaeresis", "Euro Sign", "Emoji: Grinning Face",
                "Hebrew Letter Dalet With Dagesh"],
            order);
    }

    // RFC 8785, 3.2.2 (its strings and literals; its fractions have no place here).
    [Fact]
    public void Strings_and_literals_are_written_as_the_standard_says()
    {
        var value = JsonNode.Parse("""{ "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/", "literals": [null, true, false] }""");
        const string expected = """{"literals":[null,true,false],"string":"€$\u000f\nA'B\"\\\\\"/"}""";
        Assert.Equal(expected, Encoding.UTF8.GetString(CanonicalJson.Of(value)));
    }

    [Theory]
    [InlineData("[ 0 , -0, 9007199254740992, -9007199254740992 ]", "[0,0,9007199254740992,-9007199254740992]")]
    [InlineData("{\"b\":{\"d\":1,\"c\":[]},\"a\":{}}", "{\"a\":{},\"b\":{\"c\":[],\"d\":1}}")]
    [InlineData("\"\\b\\t\\n\\f\\r\\u001f\\u007f\"", "\"\\b\\t\\n\\f\\r\\u001f\u007f\"")]
    public void One_value_has_one_form(string written, string canonical) =>
        Assert.Equal(canonical, Encoding.UTF8.GetString(CanonicalJson.Of(JsonNode.Parse(written))));

    [Theory]
    [InlineData("1.5")]
    [InlineData("1e400")]
    [InlineData("9007199254740993")]
    [InlineData("-9223372036854775808")]
    [InlineData("99999999999999999999")]
    public void A_number_that_is_not_exact_has_no_form(string number) =>
        Assert.Throws<ArgumentException>(() => CanonicalJson.Of(JsonNode.Parse(number)));

    [Fact]
    public async Task A_seal_opens_with_the_published_key_alone_and_breaks_when_anything_is_touched()
    {
        var (sealer, keys) = (world.Services.GetRequiredService<Sealer>(), world.Services.GetRequiredService<KeyRing>());
        var seal = await sealer.Seal(new JsonObject { ["party"] = "Vårsol", ["hash"] = "ab", ["prev"] = null },
            CancellationToken.None);
        var published = (await keys.All(Sealer.Purpose, CancellationToken.None)).Select(key => key.PublicJwk).ToList();

        Assert.Equal("""{"hash":"ab","party":"Vårsol","prev":null}""",
            Encoding.UTF8.GetString(CanonicalJson.Of(Sealer.Open(seal, published))));
        Assert.Null(Sealer.Open(seal, []));
        var parts = seal.Split('.');
        for (var part = 0; part < parts.Length; part++)
        {
            for (var place = 0; place < parts[part].Length; place += 7)
            {
                var touched = parts[part].ToCharArray();
                touched[place] = touched[place] == 'A' ? 'B' : 'A';
                var forged = string.Join('.', parts.Select((text, number) => number == part ? new string(touched) : text));
                Assert.True(Sealer.Open(forged, published) is null, $"part {part}, place {place}");
            }
        }
        Assert.Null(Sealer.Open("a.b", published));
        Assert.Null(Sealer.Open("..", published));
    }

    [Fact]
    public async Task The_private_half_of_a_key_does_not_lie_open_in_the_database()
    {
        var stored = await world.Scalar<byte[]>("SELECT private_key FROM signing_key WHERE purpose = 'sealing'");
        using var pair = System.Security.Cryptography.ECDsa.Create();
        Assert.ThrowsAny<System.Security.Cryptography.CryptographicException>(() => pair.ImportPkcs8PrivateKey(stored, out _));
        Assert.DoesNotContain("\"d\"",
            await world.Scalar<string>("SELECT public_jwk::text FROM signing_key WHERE purpose = 'sealing'"),
                StringComparison.Ordinal);
    }
}
