using Iop.Web.Frame;

namespace Iop.Web.Problems;

/// <summary>What a problem's type leads to: the code in words.</summary>
internal static class ProblemPages
{
    public static void Map(WebApplication app)
    {
        app.MapGet("/problems", (ProblemCatalogue problems) => Page.Of<ProblemList>(new { problems.Codes }));
        app.MapGet("/problems/{code}", (string code, ProblemCatalogue problems, Visitor visitor) =>
            problems.Sentence(visitor.Language, code) is { } sentence
                ? Page.Of<ProblemPage>(new { Code = code, Sentence = sentence })
                : ErrorPages.NotFound());
    }
}
