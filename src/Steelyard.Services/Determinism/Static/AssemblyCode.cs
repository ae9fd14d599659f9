using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using Steelyard.Services.Hosting;

namespace Steelyard.Services.Determinism.Static;

/// <summary>The methods of one assembly, and what they call.</summary>
internal sealed class AssemblyCode(PEReader image, SourceLines lines)
{
    readonly MetadataReader _reader = image.GetMetadataReader();

    /// <summary>Every call that leaves the world.</summary>
    public IEnumerable<Escape> Escapes()
    {
        foreach (var handle in _reader.MethodDefinitions)
        {
            var method = _reader.GetMethodDefinition(handle);
            if (method.RelativeVirtualAddress == 0 || IsGeneratedEntry(method))
                continue;
            var members = IlCode.Members(image.GetMethodBody(method.RelativeVirtualAddress));
            foreach (var escape in EscapesOf(handle, method, members))
                yield return escape;
        }
    }

    IEnumerable<Escape> EscapesOf(
        MethodDefinitionHandle handle, MethodDefinition method,
        IEnumerable<(int Offset, EntityHandle Member)> members)
    {
        var called = members.Select(member => (member.Offset, Member: MemberOf(member.Member)))
            .Where(member => member.Member is not null)
            .ToList();
        // In an async method the compiler itself fetches the results of what was awaited.
        var isAsync = called.Exists(
            member => member.Member!.Name is "AwaitUnsafeOnCompleted" or "AwaitOnCompleted");
        foreach (var (offset, member) in called)
        {
            if (EscapeRules.Broken(member!) is not { } rule || (isAsync && member!.Name == "GetResult"))
                continue;
            var (file, line) = lines.At(handle, offset);
            yield return new(rule.Kind, member!.InSource, NameOf(method), file, line, rule.Advice)
            {
                IsHeld = rule.IsHeld,
            };
        }
    }

    // The compiler's own Main, which waits for the async one.
    bool IsGeneratedEntry(MethodDefinition method) => _reader.GetString(method.Name) == "<Main>";

    CalledMember? MemberOf(EntityHandle handle) => handle.Kind switch
    {
        HandleKind.MethodSpecification =>
            MemberOf(_reader.GetMethodSpecification((MethodSpecificationHandle)handle).Method),
        HandleKind.MemberReference => MemberOf(_reader.GetMemberReference((MemberReferenceHandle)handle)),
        // A method of the assembly itself is looked at where it stands.
        _ => null,
    };

    CalledMember? MemberOf(MemberReference member)
    {
        var type = member.Parent.Kind switch
        {
            HandleKind.TypeReference =>
                TypeNames.Instance.GetTypeFromReference(_reader, (TypeReferenceHandle)member.Parent, 0),
            HandleKind.TypeSpecification => TypeNames.Instance.GetTypeFromSpecification(
                _reader, null, (TypeSpecificationHandle)member.Parent, 0),
            _ => null,
        };
        if (type is null || member.GetKind() != MemberReferenceKind.Method)
            return null;
        var signature = member.DecodeMethodSignature(TypeNames.Instance, null);
        return new(
            type.Name, type.Arguments, _reader.GetString(member.Name),
            [.. signature.ParameterTypes.Select(parameter => parameter.Name)]);
    }

    string NameOf(MethodDefinition method) => UserCode.NameOf(
        TypeNames.Instance.GetTypeFromDefinition(_reader, method.GetDeclaringType(), 0).Name,
        _reader.GetString(method.Name));
}
