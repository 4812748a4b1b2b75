// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/http/direct/tlsmaterial.h"

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include <memory>

namespace Headroom {

namespace {

template <auto release> struct Release
{
    template <typename T> void operator()(T *object) const { release(object); }
};
using Source = std::unique_ptr<BIO, Release<BIO_free_all>>;
using Certificate = std::unique_ptr<X509, Release<X509_free>>;
using Key = std::unique_ptr<EVP_PKEY, Release<EVP_PKEY_free>>;

/// What went wrong here must not be found by whoever asks OpenSSL next.
struct OwnErrors
{
    OwnErrors() { ERR_clear_error(); }
    ~OwnErrors() { ERR_clear_error(); }
    Q_DISABLE_COPY_MOVE(OwnErrors)
};

Source sourceOf(const QByteArray &pem) { return Source(BIO_new_mem_buf(pem.constData(), int(pem.size()))); }

/// Nobody can be asked for a passphrase; `wasAsked` says that one is needed.
int refusePassphrase(char *, int, int, void *wasAsked)
{
    *static_cast<bool *>(wasAsked) = true;
    return -1;
}

Certificate nextCertificate(BIO *source)
{
    return Certificate(PEM_read_bio_X509_AUX(source, nullptr, nullptr, nullptr));
}

Key readKey(const QByteArray &pem, bool &isEncrypted)
{
    return Key(PEM_read_bio_PrivateKey(sourceOf(pem).get(), nullptr, refusePassphrase, &isEncrypted));
}

} // namespace

QString certificatesProblem(const QByteArray &pem)
{
    if (pem.trimmed().isEmpty())
        return QStringLiteral("is empty; name a file of certificates in PEM");
    const OwnErrors errors;
    const Source source = sourceOf(pem);
    int count = 0;
    while (nextCertificate(source.get()))
        ++count;
    const bool isAtEnd = ERR_GET_REASON(ERR_peek_last_error()) == PEM_R_NO_START_LINE;
    if (count > 0 && isAtEnd)
        return {};
    if (isAtEnd)
        return QStringLiteral("holds no certificate in PEM, the text that begins with -----BEGIN CERTIFICATE-----; "
                              "convert it with openssl x509 -inform der");
    return QStringLiteral("is damaged: its certificate %1 cannot be read").arg(count + 1);
}

QString privateKeyProblem(const QByteArray &pem)
{
    if (pem.trimmed().isEmpty())
        return QStringLiteral("is empty; name a file with a private key in PEM");
    const OwnErrors errors;
    bool isEncrypted = false;
    if (readKey(pem, isEncrypted))
        return {};
    if (isEncrypted)
        return QStringLiteral("is locked by a passphrase, and nobody can be asked for that in a run; write the key "
                              "without one, as openssl pkey -in KEY -out NEW does");
    return QStringLiteral("holds no private key in PEM, the text that begins with -----BEGIN PRIVATE KEY-----");
}

bool belongTogether(const QByteArray &certificates, const QByteArray &key)
{
    const OwnErrors errors;
    bool isEncrypted = false;
    const Certificate certificate = nextCertificate(sourceOf(certificates).get());
    const Key own = readKey(key, isEncrypted);
    return certificate && own && X509_check_private_key(certificate.get(), own.get()) == 1;
}

} // namespace Headroom
