using System.Net;
using Iop.TestKit;

namespace Iop.OutcomeFinance.Tests;

/// <summary>What the parties have signed, on paper: readable by a screen reader too, with who signed and what.</summary>
[Collection("outcome finance")]
public sealed class PrintTests(OutcomeFinanceWorld world)
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
        var pdf = new PrintedPdf(file);
        Assert.Matches(@"/Marked\s+true", pdf.Catalogue);
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

        void MustSay(string words) => Assert.Contains(PrintedPdf.Blankless(words), pdf.Text, StringComparison.Ordinal);
    }
}
