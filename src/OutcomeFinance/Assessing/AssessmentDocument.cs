using System.Text.Json.Nodes;
using Iop.OutcomeFinance.Contracting;
using Iop.OutcomeFinance.Domain.Assessing;
using Iop.OutcomeFinance.Domain.Contracting;
using Iop.Platform.Sealing;

namespace Iop.OutcomeFinance.Assessing;

/// <summary>A public party's assessment as it is approved: the draft, the questions as they were put, and its answers.</summary>
internal sealed record AssessmentDocument(string Hash, byte[] Canonical)
{
    public static AssessmentDocument Of(
        OutcomeContract contract, Guid organisation, Assessment assessment, ContractCatalogue catalogue, string draftHash)
    {
        var answers = contract.AnswersOf(organisation).ToDictionary(answer => answer.QuestionId, StringComparer.Ordinal);
        var document = new JsonObject
        {
            ["contract"] = contract.ContractId.Value.ToString(),
            ["draft"] = draftHash,
            ["organisation"] = organisation.ToString(),
            ["catalogue"] = catalogue.Current.Version,
            ["finding"] = Words.Of(assessment.Finding),
            ["answers"] = new JsonArray(
                [.. catalogue.Current.Questions.Where(question => answers.ContainsKey(question.Id))
                    .Select(question => Answer(question, answers[question.Id], catalogue))]),
        };
        var canonical = CanonicalJson.Of(document);
        return new AssessmentDocument(CanonicalJson.Hash(canonical), canonical);
    }

    private static JsonObject Answer(Question question, ContractAnswer answer, ContractCatalogue catalogue) => new()
    {
        ["question"] = question.Id,
        ["text"] = catalogue.WordingOf(question.Id).Sv,
        ["answer"] = Words.Of(answer.Reply),
        ["reason"] = answer.Reason,
        ["clause"] = answer.Clause,
        ["by"] = answer.AnsweredBy.ToString(),
        ["time"] = answer.Version,
    };
}
