using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;

namespace Steelyard.Services.Determinism.Static;

/// <summary>Walks the instructions of a method (ECMA-335, partition III) for the members it names.</summary>
internal static class IlCode
{
    static readonly OpCode[] s_short = Codes(size: 1);
    static readonly OpCode[] s_long = Codes(size: 2);

    /// <summary>Every member that is called, made or pointed to, with its instruction's place.</summary>
    public static IEnumerable<(int Offset, EntityHandle Member)> Members(MethodBodyBlock body)
    {
        var found = new List<(int, EntityHandle)>();
        var code = body.GetILReader();
        while (code.RemainingBytes > 0)
        {
            var offset = code.Offset;
            var first = code.ReadByte();
            var operation = first == 0xFE ? s_long[code.ReadByte()] : s_short[first];
            if (operation.OperandType == OperandType.InlineMethod)
                found.Add((offset, MetadataTokens.EntityHandle(code.ReadInt32())));
            else
                Skip(ref code, operation.OperandType);
        }

        return found;
    }

    static void Skip(ref BlobReader code, OperandType operand)
    {
        var size = operand switch
        {
            OperandType.InlineNone => 0,
            OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
            OperandType.InlineVar => 2,
            OperandType.InlineI8 or OperandType.InlineR => 8,
            OperandType.InlineSwitch => code.ReadInt32() * sizeof(int),
            _ => 4,
        };
        code.Offset += size;
    }

    static OpCode[] Codes(int size)
    {
        var codes = new OpCode[256];
        foreach (var field in typeof(OpCodes).GetFields())
            if (field.GetValue(null) is OpCode code && code.Size == size)
                codes[code.Value & 0xFF] = code;
        return codes;
    }
}
