using Iop.Platform.Api;

namespace Iop.OutcomeFinance.Terms;

/// <summary>Checks a text of terms (kontrollera villkor). A faulty text is an answer, not an error. Nothing is stored.</summary>
internal static class CheckTerms
{
    public sealed record Request(string Text);

    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/terms/checks", Handle).WithName(nameof(CheckTerms));

    internal static Answer<CheckView> Handle(Request request, TermsReader reader) => reader.View(TermsReader.Read(request.Text));
}
