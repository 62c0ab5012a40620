using Iop.DemoData.Playing;

namespace Iop.DemoData.Cases;

/// <summary>What a public party's lawyer answers about an outcome contract. The answers are examples, not legal advice.</summary>
internal static class ContractLaw
{
    private static readonly Dictionary<string, (string Answer, string Reason)> Answers = new(StringComparer.Ordinal)
    {
        ["pc-parties"] = ("yes", "Kontraktet ingås mellan den som betalar, finansiären och verifieraren."),
        ["pc-concluded"] = ("yes", "Kontraktet är skriftligt och undertecknas."),
        ["pc-acquisition"] = ("no", "Insatsen drivs av den offentliga parten själv. Finansiären utför ingenting åt den."),
        ["pc-choice"] = ("no", "Finansiären har själv erbjudit sig att satsa, efter en öppen dialog."),
        ["pc-interest"] = ("yes", "Betalningen beror av resultat som har ett ekonomiskt värde för den offentliga parten."),
        ["pc-obligations"] = ("no", "Ingen kan kräva att insatsen utförs. Uteblir resultatet uteblir betalningen utöver garantin."),
        ["pc-guaranteed"] = ("yes", "Garantin ersätter en del av det som har satsats. Den betalar inte för någon tjänst."),
        ["pc-before"] = ("no", "Insatsen är ny. Den har inte upphandlats eller drivits förut."),
        ["pc-relations"] = ("no", "Det finns inga andra avtal eller bidrag mellan parterna."),
        ["pc-procured"] = ("not-applicable", "Det är inte ett offentligt kontrakt."),
        ["pc-exempt"] = ("not-applicable", "Det är inte ett offentligt kontrakt."),
        ["sa-resources"] = ("yes", "Betalningen görs med offentliga medel."),
        ["sa-advantage"] = ("no", "Avkastningen är begränsad och svarar mot risken att förlora det satsade."),
        ["sa-selective"] = ("no", "Ingen ekonomisk verksamhet gynnas framför någon annan."),
        ["sa-competition"] = ("no", "Det finns ingen marknad för insatsen där den bedrivs."),
        ["sa-trade"] = ("no", "Insatsen är lokal och riktar sig till dem som bor där."),
        ["sa-return"] = ("yes", "Villkoren har ett tak, och finansiären kan förlora en del av det satsade."),
        ["sa-de-minimis"] = ("not-applicable", "Det är inte statligt stöd."),
        ["sa-sgei-de-minimis"] = ("not-applicable", "Det är inte statligt stöd."),
        ["sa-compatible"] = ("not-applicable", "Det är inte statligt stöd."),
        ["ml-general-interest"] = ("yes", "Angelägenheten är av allmänt intresse och rör dem som bor i området."),
        ["ml-expedient"] = ("yes", "Åtagandet är begränsat, följs upp av en oberoende verifierare och har ett tak."),
        ["ml-not-individual"] = ("yes", "Betalningen ersätter en satsning. Inget lämnas till enskilda näringsidkare."),
        ["ml-mandate"] = ("not-applicable", "Den offentliga parten är en kommun eller region."),
        ["ml-budget"] = ("yes", "Fullmäktige har beslutat om åtagandet och dess högsta belopp."),
        ["ml-authority"] = ("yes", "Beslut om enskilda fattas av den offentliga parten, också under insatsen."),
    };

    /// <summary>The lawyer answers every question that has no answer yet.</summary>
    public static async Task Answer(Api lawyer, Guid contract, CancellationToken cancel)
    {
        var path = $"/outcome-finance/v1/contracts/{contract}/assessment";
        foreach (var question in (await lawyer.Get(path, cancel)).Items("questions"))
        {
            var mine = question.GetProperty("answers").EnumerateArray().Single(one => one.GetProperty("mine").GetBoolean());
            if (mine.GetProperty("answer").GetString() is not null) continue;
            var id = question.GetProperty("id").GetString()!;
            if (!Answers.TryGetValue(id, out var answer))
                throw new InvalidOperationException($"The cases have no answer to «{id}».");
            await lawyer.Put($"{path}/answers/{id}", new { answer = answer.Answer, reason = answer.Reason },
                mine.GetProperty("answerTag").GetString(), cancel);
        }
    }

    /// <summary>What the lawyer's own answers come to; null while one is missing.</summary>
    public static async Task<string?> Finding(Api lawyer, Guid contract, CancellationToken cancel)
    {
        var parties = (await lawyer.Get($"/outcome-finance/v1/contracts/{contract}/assessment", cancel)).Items("parties");
        var mine = parties.Single(one => one.GetProperty("mine").GetBoolean());
        return mine.GetProperty("unanswered").GetInt32() == 0 ? mine.GetProperty("finding").GetString() : null;
    }
}
