using System.Buffers.Binary;
using System.Text;
using Steelyard.Formats.Reading;
using Steelyard.Histories;

namespace Steelyard.Formats.Jepsen.Archive;

/// <summary>
/// The history in an archive. The test is a map; under <c>:history</c> it names the block of a vector, which
/// names the blocks of its parts. Lines are operations here, the first one 1.
/// </summary>
internal sealed class ArchivedHistory(ArchiveBlocks blocks, EventAssembler events)
{
    static readonly Value History = "history";

    const int VectorHead = 8;
    const int VectorEntry = 12;
    const int Index = sizeof(long);
    const int DeepestVectors = 8;

    int _line;

    /// <summary>Hands on all operations.</summary>
    /// <exception cref="UserMistakeException">The test has no history, or something is damaged.</exception>
    public void ReadAll()
    {
        var test = Map(blocks.Root);
        var history = HistoryOf(test);
        if (history.IsNil)
            throw blocks.Mistake("expected a test with a history, found one without");
        if (BlockReference.NumberIn(history) is { } number)
            ReadPart(number, 0);
        else
            AddAll(history);
        if (_line == 0)
            throw blocks.Mistake(
                "expected a history, found one without operations: the test was stopped before it wrote any");
    }

    static Value HistoryOf(Value test) => test.Kind == ValueKind.Map ? test[History] : Value.Nil;

    // A partial map goes on in another block.
    Value Map(int number)
    {
        var data = blocks.Of(number, out var kind);
        if (kind == BlockKind.Fressian)
            return Reader(data, number).Read();
        if (kind != BlockKind.PartialMap || data.Length < sizeof(int))
            throw blocks.Mistake($"expected a map in block {number}, found a block of kind {(short)kind}");
        var rest = BinaryPrimitives.ReadInt32BigEndian(data.Span);
        var first = Reader(data[sizeof(int)..], number).Read();
        return !HistoryOf(first).IsNil || rest == 0 || rest == number ? first : Map(rest);
    }

    void ReadPart(int number, int depth)
    {
        var data = blocks.Of(number, out var kind);
        switch (kind)
        {
            case BlockKind.Fressian:
                AddAll(Reader(data, number).Read());
                break;
            case BlockKind.FressianStream:
                for (var reader = Reader(data, number); !reader.IsAtEnd;)
                    Add(reader.Read());
                break;
            case BlockKind.BigVector when depth < DeepestVectors && data.Length % VectorEntry == VectorHead:
                for (var at = VectorHead; at < data.Length; at += VectorEntry)
                    ReadPart(BinaryPrimitives.ReadInt32BigEndian(data.Span[(at + Index)..]), depth + 1);
                break;
            default:
                throw blocks.Mistake(
                    $"expected a vector in block {number}, found a block of kind {(short)kind}");
        }
    }

    FressianReader Reader(ReadOnlyMemory<byte> data, int number) => new(data, blocks, number);

    void AddAll(Value operations)
    {
        if (operations.IsNil)
            return;
        if (operations.Kind != ValueKind.List)
            throw blocks.Mistake("expected a list of operations as the history, found something else");
        foreach (var operation in operations.AsList)
            Add(operation);
    }

    void Add(Value operation)
    {
        var fields = new EventFields { Line = ++_line };
        if (operation.Kind != ValueKind.Map)
            throw blocks.Mistake($"expected an operation map, found {operation} as operation {_line}");
        foreach (var (key, value) in operation.AsMap)
        {
            if (key.Kind != ValueKind.Text)
                continue;
            var name = Encoding.UTF8.GetBytes(key.AsText);
            ref var field = ref EventFields.Field(ref fields, name, out var known);
            if (known)
                field = value;
        }

        events.Add(fields);
    }
}
