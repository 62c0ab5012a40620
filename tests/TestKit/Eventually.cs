namespace Iop.TestKit;

/// <summary>For what happens soon, but not at once: a reaction to a message, a relay's next round.</summary>
public static class Eventually
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(25);

    /// <summary>Looks until the condition holds; a condition that never does fails the test with these words.</summary>
    public static async Task Holds(string what, Func<Task<bool>> condition, TimeSpan? patience = null)
    {
        var until = TimeProvider.System.GetUtcNow() + (patience ?? Patience);
        while (!await condition())
        {
            if (TimeProvider.System.GetUtcNow() > until) Assert.Fail($"Waited in vain: {what}");
            await Task.Delay(BetweenLooks);
        }
    }

    /// <summary>Looks until there is something to return.</summary>
    public static async Task<T> Finds<T>(string what, Func<Task<T?>> look, TimeSpan? patience = null)
        where T : class
    {
        T? found = null;
        await Holds(what, async () => (found = await look()) is not null, patience);
        return found!;
    }
}
