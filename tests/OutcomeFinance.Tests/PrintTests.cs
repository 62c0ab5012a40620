using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Iop.TestKit;

namespace Iop.OutcomeFinance.Tests;

/// <summary>What the parties have signed, on paper: readable by a screen reader too, with who signed and what.</summary>
[Collection("outcome finance")]
public sealed partial class PrintTests(OutcomeFinanceWorld world)
{
    [Fact]
    public async Task The_signed_contract_can_be_had_as_a_tagged_pdf_with_its_signatures_and_hash()
    {
        var contract = await world.Signed();
        var shown = (await world.As(world.Officer).Get(OutcomeFinanceWorld.Path(contract))).Is(HttpStatusCode.OK).Body;
        var hash = shown.GetProperty("versionHash").GetString()!;
        var path = OutcomeFinanceWorld.Path(contract, $"/versions/{hash}/pdf");
        var reply = (await world.As(world.Officer).Get(path)).Is(HttpStatusCode.OK);
        Assert.Equal("application/pdf", reply.Message.Content.Headers.ContentType?.MediaType);
        var file = await reply.Message.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        var raw = Encoding.Latin1.GetString(file);
        Assert.StartsWith("%PDF-", raw, StringComparison.Ordinal);
        Assert.Contains("/StructTreeRoot", raw, StringComparison.Ordinal);
        Assert.Matches(@"/Marked\s+true", raw);
        var texts = TextsOf(file, raw);
        MustSay(hash);
        var signatures = shown.GetProperty("signatures").EnumerateArray().ToList();
        Assert.Equal(3, signatures.Count);
        Assert.All(signatures, signature =>
        {
            MustSay(signature.GetProperty("partyName").GetString()!);
            MustSay(signature.GetProperty("personId").GetString()!); // nobody has told her name here
        });
        (await world.As(world.Stranger).Get(path)).Is(HttpStatusCode.NotFound);
        (await world.As(world.Officer).Get(OutcomeFinanceWorld.Path(contract, $"/versions/{new string('b', 64)}/pdf")))
            .Is(HttpStatusCode.NotFound);

        void MustSay(string words) => Assert.True(
            texts.Exists(text => text.Contains(words.Replace(" ", "", StringComparison.Ordinal), StringComparison.Ordinal)),
            $"The page does not say {words}, but: {string.Join('\n', texts)}");
    }

    /// <summary>The text on all pages, without spaces, once as each font reads it: what is set in that font comes out
    /// right.</summary>
    private static List<string> TextsOf(byte[] file, string raw)
    {
        var streams = Streams().Matches(raw).Select(found => Inflated(file, found.Index + found.Length)).ToList();
        var shown = streams.SelectMany(stream => Shown().Matches(stream)).Select(found => found.Groups[1].Value).ToList();
        return
        [
            .. streams.Where(stream => stream.Contains("begincmap", StringComparison.Ordinal)).Select(font =>
            {
                var letters = Letters(font);
                return string.Concat(shown.SelectMany(run => run.Chunk(4))
                    .Select(glyph => letters.GetValueOrDefault(new string(glyph).ToUpperInvariant(), "?")))
                    .Normalize(NormalizationForm.FormKC).Replace(" ", "", StringComparison.Ordinal);
            }),
        ];
    }

    private static Dictionary<string, string> Letters(string font)
    {
        var letters = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (Match one in One().Matches(font)) letters[one.Groups[1].Value] =
            string.Concat(one.Groups[2].Value.Chunk(4).Select(hex => (char)Number(new string(hex)))); // ff is one glyph
        foreach (Match range in Range().Matches(font))
        {
            var (from, to) = (Number(range.Groups[1].Value), Number(range.Groups[2].Value));
            var letter = Number(range.Groups[3].Value);
            for (var glyph = from; glyph <= to; glyph++)
                letters[glyph.ToString("X4", CultureInfo.InvariantCulture)] = $"{(char)(letter + glyph - from)}";
        }
        return letters;
    }

    private static int Number(string hex) => int.Parse(hex, NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    private static string Inflated(byte[] file, int at)
    {
        try
        {
            using var stream = new ZLibStream(new MemoryStream(file, at, file.Length - at), CompressionMode.Decompress);
            using var reader = new StreamReader(stream, Encoding.Latin1);
            return reader.ReadToEnd();
        }
        catch (InvalidDataException)
        {
            return ""; // not compressed: a picture, or metadata
        }
    }

    [GeneratedRegex(@"(?<!end)stream\r?\n", RegexOptions.None, 5_000)]
    private static partial Regex Streams();

    [GeneratedRegex("<([0-9A-Fa-f]+)>(?=[^<>]*T[jJ])", RegexOptions.None, 5_000)]
    private static partial Regex Shown();

    [GeneratedRegex("^<([0-9A-F]{4})> <((?:[0-9A-F]{4})+)>\r?$", RegexOptions.Multiline, 5_000)]
    private static partial Regex One();

    [GeneratedRegex("^<([0-9A-F]{4})> <([0-9A-F]{4})> <([0-9A-F]{4})>\r?$", RegexOptions.Multiline, 5_000)]
    private static partial Regex Range();
}
