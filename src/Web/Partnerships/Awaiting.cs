namespace Iop.Web.Partnerships;

/// <summary>Where the thing that awaits somebody is done.</summary>
internal static class Awaiting
{
    public static string PathOf(Guid agreement, string what) => $"/avtal/{agreement}" + what switch
    {
        "signature" => "/underskrift",
        "answers" or "lawful-outcome" or "approval" => "/bedomning",
        "aid-booking" => "/stod",
        "opening" => "/oppna",
        "contribution" => "/resurs",
        _ => "",
    };
}
