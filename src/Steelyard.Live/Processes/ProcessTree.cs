using System.Globalization;

namespace Steelyard.Live.Processes;

/// <summary>A process and all that descend from it, as the kernel tells.</summary>
internal static class ProcessTree
{
    // A process that forks while it is looked at has children that the next look finds.
    const int MostLooks = 50;

    /// <summary>Stops the whole tree, so that nobody in it can start another one.</summary>
    /// <returns>Who is in it, the root first; empty when the root is gone.</returns>
    public static IReadOnlyList<int> StopAll(int root)
    {
        var stopped = new List<int>();
        for (var look = 0; look < MostLooks; look++)
        {
            var found = Of(root).Except(stopped).ToList();
            if (found.Count == 0)
                break;
            foreach (var process in found)
                Signals.Send(process, Signals.Stop);
            stopped.AddRange(found);
        }

        return stopped;
    }

    /// <summary>Lets the whole tree go on.</summary>
    public static void ContinueAll(int root)
    {
        foreach (var process in Of(root))
            Signals.Send(process, Signals.Continue);
    }

    /// <summary>Kills the whole tree.</summary>
    /// <returns>Whether the root was there.</returns>
    public static bool KillAll(int root)
    {
        var all = StopAll(root);
        foreach (var process in all)
            Signals.Send(process, Signals.Kill);
        return all.Count > 0;
    }

    /// <summary>Who is in the tree, the root first; empty when the root is gone.</summary>
    public static IReadOnlyList<int> Of(int root)
    {
        var parents = Parents();
        if (!parents.ContainsKey(root))
            return [];
        var tree = new List<int> { root };
        for (var next = 0; next < tree.Count; next++)
            tree.AddRange(parents.Where(pair => pair.Value == tree[next]).Select(pair => pair.Key).Order());
        return tree;
    }

    /// <summary>When a process started, in ticks since the machine's start; null when it is gone. With its
    /// number it names a process for good.</summary>
    public static long? StartOf(int process) =>
        Fields(process) is { Length: > 19 } fields
            ? long.Parse(fields[19], CultureInfo.InvariantCulture)
            : null;

    static Dictionary<int, int> Parents()
    {
        var parents = new Dictionary<int, int>();
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
            if (int.TryParse(Path.GetFileName(folder), NumberStyles.None, null, out var process)
                && Fields(process) is { Length: > 1 } fields && fields[0] is not "Z")
                parents[process] = int.Parse(fields[1], CultureInfo.InvariantCulture);
        return parents;
    }

    // What follows the name, which may hold anything: state, parent, …
    static string[]? Fields(int process)
    {
        try
        {
            var text = File.ReadAllText($"/proc/{process}/stat");
            return text[(text.LastIndexOf(')') + 2)..].Split(' ');
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
