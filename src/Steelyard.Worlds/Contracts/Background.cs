namespace Steelyard.Worlds.Contracts;

/// <summary>Work of a node or client that nobody awaits.</summary>
public static class Background
{
    /// <summary>
    /// Starts it. If it throws, the run fails; of a task that is merely dropped, the exception would vanish.
    /// It ends with the life of the node: what it awaits never comes after a crash.
    /// </summary>
    public static async void Start(Func<ValueTask> work) => await work();
}
