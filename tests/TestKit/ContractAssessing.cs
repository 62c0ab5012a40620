using System.Net;
using System.Text.Json;

namespace Iop.TestKit;

/// <summary>A lawyer who answers all that is asked of an outcome contract.</summary>
public static class ContractAssessing
{
    /// <summary>Answers every question that has no answer yet, so that nothing blocks; some of them otherwise.</summary>
    public static async Task Assess(this CallerClient lawyer, Guid contract, params (string Question, string Answer)[] otherwise)
    {
        var path = $"/outcome-finance/v1/contracts/{contract}/assessment";
        var assessment = (await lawyer.Get(path)).Is(HttpStatusCode.OK).Body;
        foreach (var question in assessment.GetProperty("questions").EnumerateArray())
        {
            var id = question.GetProperty("id").GetString()!;
            var mine = question.GetProperty("answers").EnumerateArray().Single(one => one.GetProperty("mine").GetBoolean());
            var wanted = otherwise.FirstOrDefault(one => one.Question == id).Answer;
            if (wanted is null && mine.GetProperty("answer").ValueKind is not JsonValueKind.Null) continue;
            (await lawyer.Put($"{path}/answers/{id}", $"\"{mine.GetProperty("answerTag").GetString()}\"",
                new { answer = wanted ?? Harmless(question), reason = "Prövad mot kontraktets villkor." }))
                .Is(HttpStatusCode.OK);
        }
    }

    private static string Harmless(JsonElement question) => question.GetProperty("test").GetString() is "public-powers" ? "yes"
        : "no";
}
