using Steelyard.Histories;

namespace Steelyard.Analysis.Models.Words;

/// <summary>"process 1 got "ab" from x, although in every order that fits so far x held "a"".</summary>
/// <param name="textOf">The text that a get returned.</param>
internal sealed class KvWords(Func<Operation, string> textOf) : ModelWords<string>
{
    public override Contradiction Of(Operation operation, IReadOnlyList<string> states)
    {
        var name = operation.Key.IsNil ? "the key" : Told(operation.Key);
        return new(
            $"{Who(operation)} got {Quoted(textOf(operation))} from {name}", $"{name} held",
            states.Select(Quoted));
    }

    static string Quoted(string text) => text.Length <= Contradiction.MostLetters
        ? $"\"{text}\""
        : $"\"{text[..Contradiction.MostLetters]}\""
            + $" and {text.Length - Contradiction.MostLetters} more letters";
}
