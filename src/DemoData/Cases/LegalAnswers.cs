namespace Iop.DemoData.Cases;

/// <summary>What the lawyers of the cases answer, with reasons and clauses. The answers are examples, not legal advice.</summary>
internal static class LegalAnswers
{
    public static (string Answer, string Reason, string? Clause) For(string question) =>
        Answers.TryGetValue(question, out var answer)
        ? answer
        : throw new InvalidOperationException($"The cases have no answer to «{question}».");

    private static readonly Dictionary<string, (string, string, string?)> Answers = new(StringComparer.Ordinal)
    {
        ["def-parties"] = ("yes", "En offentlig part och en idéburen organisation ingår överenskommelsen.", null),
        ["def-purpose"] = ("yes", "Ändamålet är allmännyttigt och parterna har formulerat det tillsammans.", "goals"),
        ["def-contribution"] = ("yes", "Båda parter bidrar, i pengar och på andra sätt.", "resources"),
        ["pc-parties"] = ("yes", "Två parter ingår överenskommelsen.", null),
        ["pc-concluded"] = ("yes", "Överenskommelsen är skriftlig och undertecknas.", null),
        ["pc-acquisition"] =
            ("no", "Ingen part anskaffar något av den andra: var och en leder och bekostar sin egen del.", "interventions"),
        ["pc-choice"] = ("no", "Initiativet togs gemensamt ur ett behov som båda hade sett.", "background"),
        ["pc-interest"] =
            ("no", "Ingen prestation utförs mot ersättning; den offentliga partens bidrag täcker en del av kostnaderna.",
                "resources"),
        ["pc-obligations"] =
            ("no", "Den offentliga parten kan begära tillbaka oanvända medel men inte kräva att insatserna utförs.", "ending"),
        ["pc-before"] = ("no", "Verksamheten har inte upphandlats och inte drivits i egen regi.", null),
        ["pc-relations"] = ("no", "Det finns inga andra avtal eller bidrag mellan parterna.", null),
        ["sa-resources"] = ("yes", "En del av resurserna är offentliga medel.", "resources"),
        ["sa-advantage"] =
            ("no", "Insatserna är kostnadsfria för dem de riktar sig till och säljs inte på någon marknad.", "interventions"),
        ["sa-selective"] = ("no", "Ingen ekonomisk verksamhet gynnas framför någon annan.", null),
        ["sa-competition"] = ("no", "Det finns ingen marknad för insatserna där de bedrivs.", null),
        ["sa-trade"] = ("no", "Insatserna är lokala och riktar sig till dem som bor där.", "targetGroup"),
        ["sa-de-minimis"] = ("not-applicable", "Stödet är inte statligt stöd.", null),
        ["sa-sgei-de-minimis"] = ("not-applicable", "Stödet är inte statligt stöd.", null),
        ["sa-compatible"] = ("not-applicable", "Stödet är inte statligt stöd.", null),
        ["ml-general-interest"] = ("yes", "Angelägenheten är av allmänt intresse och rör dem som bor i området.", "targetGroup"),
        ["ml-expedient"] =
            ("yes", "Åtagandet är begränsat, följs upp varje halvår och står i proportion till behovet.", "resources"),
        ["ml-not-individual"] = ("yes", "Stödet går till en verksamhet, inte till enskilda.", null),
        ["ml-mandate"] = ("not-applicable", "Den offentliga parten är en kommun eller region.", null),
    };
}
