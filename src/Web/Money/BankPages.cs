using Iop.Web.Frame;
using Iop.Web.Gateway;
using Iop.Web.Parts;
using Iop.Web.Problems;

namespace Iop.Web.Money;

/// <summary>A payee reads in its bank's files and sees what came of every line.</summary>
internal static class BankPages
{
    private const long FileBytesMax = 5 * 1024 * 1024;

    public static void Map(WebApplication app)
    {
        app.MapGet("/kontoutdrag/bank", (MoneyApi api, Visitor visitor, CancellationToken cancel) =>
            Show(null, api, visitor, cancel));
        app.MapPost("/kontoutdrag/bank", Read);
    }

    private static async Task<IResult> Show(Filled? form, MoneyApi api, Visitor visitor, CancellationToken cancel)
    {
        var statements = await api.BankStatements(cancel);
        return statements.Problem is { } no
            ? no.AsPage(visitor)
            : Page.Of<BankPage>(new { Statements = statements.Value!.Items, Form = form }, form?.Problem?.Status ?? 200);
    }

    private static async Task<IResult> Read(
        Filled form, MoneyApi api, Visitor visitor, Texts.Words words, CancellationToken cancel)
    {
        var answer = form.File("file") switch
        {
            null => Failed(words["bank.file.none"]),
            { Length: > FileBytesMax } => Failed(words["bank.file.too-large"]),
            { } file => await api.ReadBankStatement(file, form.Key, cancel),
        };
        return answer.Problem is { } no
            ? await Show(form.With(no), api, visitor, cancel)
            : Page.Done("/kontoutdrag/bank", "bank-read");
    }

    private static Answer<BankStatement> Failed(string why) => new(System.Net.HttpStatusCode.BadRequest, null, null,
        new Problem(StatusCodes.Status400BadRequest, null, why, null, [new WrongField("file", null, why)]));
}

public sealed record BankStatement(
    Guid Id, string Kind, string? Message, DateTimeOffset ReadAt, int Known, int Skipped, IReadOnlyList<BankLine> Lines);

public sealed record BankLine(
    DateOnly BookedOn, string Amount, string Currency, string? Said, string Outcome, string? InvoiceNumber,
    Guid? ObligationId, string? Missing);
