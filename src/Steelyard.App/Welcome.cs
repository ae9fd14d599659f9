using Steelyard.App.Terminals;
using Steelyard.Worlds.Contracts;

namespace Steelyard.App;

/// <summary>What bare <c>steelyard</c> says.</summary>
internal static class Welcome
{
    public static void Write(Terminal terminal, IReadOnlyList<IDesign> designs)
    {
        terminal.Line(
            "Steelyard weighs a distributed design before its users do: it runs the design in a "
                + "simulator, breaks");
        terminal.Line("it on purpose, judges what the clients saw and measures what it cost.");
        terminal.Line("");
        foreach (var (words, meaning) in Starts(designs))
            terminal.Line($"  {terminal.Command} {words,-34} {meaning}");
        terminal.Line("");
        terminal.Line("Every command has --help with an example.");
    }

    static IEnumerable<(string Words, string Meaning)> Starts(IReadOnlyList<IDesign> designs)
    {
        foreach (
            var name in new[] { "bank", "chat" }.Where(name => designs.Any(design => design.Name == name)))
            yield return ($"run {name}", designs.First(design => design.Name == name).Summary);
        yield return ("list", "the designs there are, with their options");
        yield return ("hunt <design> --seeds 1..1000", "search many runs for a broken promise");
        yield return (
            "sweep <design> --vary name=a,b,c", "many settings, one frontier: what each costs and gives");
        yield return (
            "check <history> --model register", "judge a recorded history: ours, Jepsen's, Porcupine's");
        yield return ("replay <run folder>", "the same run again, or where it differs");
    }
}
